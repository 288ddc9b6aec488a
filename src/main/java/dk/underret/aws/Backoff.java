package dk.underret.aws;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts at requests that DynamoDB asks the caller to repeat: unprocessed keys, conflicting transactions. */
final class Backoff {
    /** Maximum number of attempts; with their pauses they take about 10 s. */
    static final int TRIES = 20;

    private static final long FIRST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 1_000;

    private Backoff() {}

    /**
     * Pauses before the next attempt: exponential backoff with full jitter, so that conflicting callers spread out.
     *
     * @param tries the number of attempts so far, at least 1
     */
    static void pause(int tries) {
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tries, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two attempts", e);
        }
    }
}

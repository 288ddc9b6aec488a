package dk.underret.aws;

import java.util.concurrent.ThreadLocalRandom;

/** Waiting between tries of what DynamoDB asks a caller to repeat: unprocessed keys, transactions in conflict. */
final class Backoff {
    /** Tries at the most; with the pauses before them about ten seconds. */
    static final int TRIES = 20;

    private static final long FIRST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 1_000;

    private Backoff() {}

    /**
     * Pauses before the next try: doubling, with full jitter, so that those in conflict part.
     *
     * @param tries how many there were, from 1
     */
    static void pause(int tries) {
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tries, 10));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between two tries", e);
        }
    }
}

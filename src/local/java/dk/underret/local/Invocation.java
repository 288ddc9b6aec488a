package dk.underret.local;

import java.nio.charset.StandardCharsets;

/** What came of an invocation. */
sealed interface Invocation {
    /**
     * The function returned.
     *
     * @param body its result, JSON
     */
    record Returned(byte[] body) implements Invocation {
        /** The result as text. */
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * The function threw, crashed or ran out of time.
     *
     * @param type for example {@code Runtime.ExitError}; nothing that the function said
     */
    record Failed(String type) implements Invocation {}

    /** Lambda took it for a loop and didn't invoke. */
    record Stopped() implements Invocation {}
}

package dk.underret.local;

import java.nio.charset.StandardCharsets;

/** The result of an invocation. */
sealed interface Invocation {
    /**
     * The function returned.
     *
     * @param body the function's result as JSON
     */
    record Returned(byte[] body) implements Invocation {
        /** Returns the body as text. */
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * The function threw an exception, crashed or exceeded its timeout.
     *
     * @param type Lambda's error type, for example {@code Runtime.ExitError}; never a message of the function
     */
    record Failed(String type) implements Invocation {}

    /** Loop detection stopped the chain; the function was not invoked. */
    record Stopped() implements Invocation {}
}

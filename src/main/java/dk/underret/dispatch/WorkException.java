package dk.underret.dispatch;

/**
 * A work message that cannot be processed. The queue redelivers it and finally moves it to the dead-letter queue. The message
 * contains only the code, run, chunk and row.
 */
public final class WorkException extends RuntimeException {
    private final Code code;

    WorkException(Code code, String location) {
        super(code + ": " + location);
        this.code = code;
    }

    WorkException(Code code, String location, Throwable cause) {
        this(code, location);
        initCause(cause);
    }

    public Code code() {
        return code;
    }

    /** Why a work message cannot be processed. */
    public enum Code {
        /** The run does not exist. */
        RUN_GONE,
        /** The run has no such chunk, or the chunk has no such row. */
        NO_SUCH_CHUNK,
        /** The chunk's object does not exist. */
        CHUNK_GONE,
        /** The chunk's bytes differ from those that were planned. */
        CHUNK_ALTERED,
        /** The notice is not frozen, or is frozen with other facts than the run's. */
        NOT_FROZEN,
        /** A letter of the notice is gone or altered, or the notice has no sender. */
        LETTER_GONE,
        /** A row's letter cannot be rendered; all other rows of the chunk were processed. */
        ROW_NOT_RENDERED,
        /** The message was handed over more than {@link Dispatcher#IDLE_HOPS} times in a row without progress. */
        NO_PROGRESS
    }
}

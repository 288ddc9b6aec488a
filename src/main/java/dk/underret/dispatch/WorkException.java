package dk.underret.dispatch;

/** A work message that can't be done: it fails, and the queue sets it aside in the end. Names run, chunk and row only. */
public final class WorkException extends RuntimeException {
    private final Code code;

    WorkException(Code code, String place) {
        super(code + ": " + place);
        this.code = code;
    }

    WorkException(Code code, String place, Throwable cause) {
        this(code, place);
        initCause(cause);
    }

    /** What was wrong. */
    public Code code() {
        return code;
    }

    /** What can be wrong with a work message. */
    public enum Code {
        /** No run of that id. */
        RUN_GONE,
        /** The run has no such chunk, or the chunk no such row. */
        NO_SUCH_CHUNK,
        /** The chunk's object is gone. */
        CHUNK_GONE,
        /** The chunk's bytes are not those that were planned. */
        CHUNK_ALTERED,
        /** The notice is not frozen, or under other facts than the run's. */
        NOT_FROZEN,
        /** A letter of the notice is gone, altered, or lacks a sender. */
        LETTER_GONE,
        /** A row's letter can't be made; all other rows of the chunk were acted on. */
        ROW_NOT_RENDERED,
        /** Handed over {@link Dispatcher#IDLE_HOPS} times without progress. */
        NO_PROGRESS
    }
}

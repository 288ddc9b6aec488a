package dk.underret.incident;

/** Whether a notice may be sent. */
public enum NoticeStatus {
    /** Being written: an upload is checked and previewed, nothing is sent. */
    DRAFT,
    /** An upload sends. */
    APPROVED,
    /** Over: an upload is refused. */
    CLOSED
}

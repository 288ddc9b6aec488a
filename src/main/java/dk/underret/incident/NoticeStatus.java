package dk.underret.incident;

/** Whether a notice may be sent. */
public enum NoticeStatus {
    /** An uploaded list is checked and previewed; nothing is sent. */
    DRAFT,
    /** An uploaded list is sent. */
    APPROVED,
    /** An uploaded list is refused. */
    CLOSED
}

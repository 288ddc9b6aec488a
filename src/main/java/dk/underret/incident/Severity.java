package dk.underret.incident;

/** What a {@link Finding} stops. */
public enum Severity {
    /** The whole list is refused. */
    REFUSES,
    /** The row gets no letter; the other rows do. */
    ROW,
    /** Nothing is stopped; a person should check. */
    WARNS
}

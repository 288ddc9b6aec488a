package dk.underret.incident;

/** How much a {@link Finding} stops. */
public enum Severity {
    /** Nothing of the list is sent. */
    REFUSES,
    /** The row gets no letter, its neighbours do. */
    ROW,
    /** Everything is sent; a person should look. */
    WARNS
}

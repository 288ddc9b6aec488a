package dk.underret.incident;

import static dk.underret.incident.Severity.REFUSES;
import static dk.underret.incident.Severity.ROW;
import static dk.underret.incident.Severity.WARNS;

/**
 * The stable codes of all findings. The sentence for each stands in {@code findings_da.properties} and
 * {@code findings_en.properties} beside this class, under the code's name.
 */
public enum FindingCode {
    // The list as a whole
    EMPTY_LIST(REFUSES),
    NO_ROWS(REFUSES),
    MISSING_COLUMN(REFUSES),
    DUPLICATE_COLUMN(REFUSES),
    NOT_CSV(REFUSES),
    TOO_LARGE(REFUSES),
    BAD_ENCODING(REFUSES),
    NOT_TEXT(REFUSES),
    UNCLOSED_QUOTE(REFUSES),
    NO_SEPARATOR(REFUSES),
    CPR_COLUMN(REFUSES),
    DIFFERENT_ROWS(REFUSES),
    IDENTITY_CHANGED(REFUSES),
    // Where the list was put, and what it belongs to
    BAD_KEY(REFUSES),
    UNKNOWN_INCIDENT(REFUSES),
    CLOSED(REFUSES),
    FROZEN(REFUSES),
    TOO_SLOW(REFUSES),
    // One row
    WIDTH(ROW),
    FIELD_TOO_LONG(ROW),
    MISSING_VALUE(ROW),
    CONTROL_CHARACTER(ROW),
    CPR_VALUE(ROW),
    NO_LETTER_FOR_LOCALE(ROW),
    NO_ADDRESS(ROW),
    BAD_ADDRESS(ROW),
    SEVERAL_ADDRESSES(ROW),
    LOCAL_NOT_ASCII(ROW),
    LOOKALIKE_DOMAIN(ROW),
    INVISIBLE_CHARACTER(ROW),
    /** The same person in another row, or told already: one letter. Nothing to mend. */
    DUPLICATE(WARNS),
    /** Ten digits that may be a CPR number; counted, not refused. */
    CPR_SHAPED(WARNS),
    // Facts
    BAD_FACTS(REFUSES),
    FACTS_TOO_LARGE(REFUSES),
    INCOMPLETE(REFUSES),
    PLACEHOLDER(REFUSES),
    NO_CONTACT(REFUSES),
    SENDER_NOT_VERIFIED(REFUSES),
    NO_RECOMMENDATIONS(WARNS),
    NO_DATES(WARNS),
    NO_AUTHORITY(WARNS),
    NOT_ABOUT_BREACH(WARNS),
    AUTHORITY_LATE(WARNS),
    COUNT_DIFFERS(WARNS),
    SENDER_IS_BREACHED(WARNS),
    FOREIGN_LINK(WARNS),
    NO_PHONE(WARNS),
    NO_VERIFY_PAGE(WARNS),
    VAGUE_SUBJECT(WARNS),
    // The letter
    BAD_LETTER(REFUSES),
    NO_SUBJECT(REFUSES),
    NO_LETTER(REFUSES),
    NOT_IN_LETTER(REFUSES);

    private final Severity severity;

    FindingCode(Severity severity) {
        this.severity = severity;
    }

    /** What this finding stops. */
    public Severity severity() {
        return severity;
    }
}

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
    /** {@code told_by} or {@code not_told_by} names a notice that has sent nothing. */
    NO_EARLIER_NOTICE(REFUSES),
    /** A list of decisions ({@code resend/}, {@code close/}, {@code posted/}) about a notice of which nothing was sent yet. */
    NOTHING_SENT(REFUSES),
    /** Two persons are asked for, one to approve and one to send, and there is one, or it isn't known who approved. */
    FOUR_EYES(REFUSES),
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
    /** Of a person's decisions: the ledger doesn't allow this one; the argument says where the dispatch stands. */
    NOT_RESENT(ROW),
    NOT_ENDED(ROW),
    /** A reason that would make the ledger name people, or is too long for it. */
    BAD_REASON(ROW),
    /** The same person in another row, or told already: one letter. Nothing to mend. */
    DUPLICATE(WARNS),
    /** Ten digits that may be a CPR number; counted, not refused. */
    CPR_SHAPED(WARNS),
    // Facts
    BAD_FACTS(REFUSES),
    FACTS_TOO_LARGE(REFUSES),
    /** One of the parts that Art. 34 demands is not in the facts; the column is the field. */
    INCOMPLETE(REFUSES, "GDPR Art. 34(2), 33(3)(b)-(d)"),
    PLACEHOLDER(REFUSES, "GDPR Art. 34(2)"),
    NO_CONTACT(REFUSES, "GDPR Art. 34(2), 33(3)(b)"),
    SENDER_NOT_VERIFIED(REFUSES),
    /** An address of {@code preview_to} stands on the list as well. */
    PREVIEW_TO_RECIPIENT(WARNS),
    /** SES writes to verified addresses only, until AWS grants production access. */
    SANDBOX(WARNS),
    NO_RECOMMENDATIONS(WARNS, "GDPR Art. 34(2), 33(3)(d); recital 86"),
    NO_DATES(WARNS, "GDPR Art. 34(2)"),
    NO_AUTHORITY(WARNS, "GDPR Art. 33(1)"),
    NOT_ABOUT_BREACH(WARNS, "GDPR Art. 34(1); EDPB Guidelines 9/2022, dedicated message"),
    /** The authority was notified more than 72 hours after the controller became aware, and no reason is given. */
    AUTHORITY_LATE(WARNS, "GDPR Art. 33(1)"),
    COUNT_DIFFERS(WARNS, "GDPR Art. 34(1)"),
    SENDER_IS_BREACHED(WARNS, "GDPR Art. 34(1); EDPB Guidelines 9/2022, secure means of communication"),
    FOREIGN_LINK(WARNS),
    NO_PHONE(WARNS, "GDPR Art. 34(2), 33(3)(b)"),
    NO_VERIFY_PAGE(WARNS),
    VAGUE_SUBJECT(WARNS, "GDPR Art. 34(2), 12(1)"),
    // The letter
    BAD_LETTER(REFUSES),
    NO_SUBJECT(REFUSES),
    NO_LETTER(REFUSES, "GDPR Art. 12(1)"),
    /** Gmail would show the first part only. */
    LETTER_CLIPPED(WARNS),
    NOT_IN_LETTER(REFUSES, "GDPR Art. 34(2), 33(3)(b)-(d)");

    private final Severity severity;
    private final String article;

    FindingCode(Severity severity) {
        this(severity, "");
    }

    FindingCode(Severity severity, String article) {
        this.severity = severity;
        this.article = article;
    }

    /** What this finding stops. */
    public Severity severity() {
        return severity;
    }

    /** The rule that this code comes from, for example {@code GDPR Art. 34(2), 33(3)(b)}; empty for a code of no law's. */
    public String article() {
        return article;
    }
}

package dk.underret.incident;

import static dk.underret.incident.Severity.REFUSES;
import static dk.underret.incident.Severity.ROW;
import static dk.underret.incident.Severity.WARNS;

/**
 * The codes of all findings. Codes are stable: people and tools rely on them. The messages are in {@code findings_<tag>.properties}
 * beside this class, under the code's name.
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
    // The upload's key, and the notice it belongs to
    BAD_KEY(REFUSES),
    UNKNOWN_INCIDENT(REFUSES),
    CLOSED(REFUSES),
    FROZEN(REFUSES),
    TOO_SLOW(REFUSES),
    /** {@code told_by} or {@code not_told_by} names a notice that has sent no letter. */
    NO_EARLIER_NOTICE(REFUSES),
    /** A list of decisions ({@code resend/}, {@code close/}, {@code posted/}) belongs to a notice that has sent no letter yet. */
    NOTHING_SENT(REFUSES),
    /** Approval and upload of the list need two persons, but one person did both, or the approver is unknown. */
    FOUR_EYES(REFUSES),
    // One row
    WIDTH(ROW),
    FIELD_TOO_LONG(ROW),
    MISSING_VALUE(ROW),
    CONTROL_CHARACTER(ROW),
    CPR_VALUE(ROW),
    NO_LETTER_FOR_LOCALE(ROW),
    /** The letter prints whom it is about, but the row only says yes there. */
    NOT_A_NAME(ROW),
    NO_ADDRESS(ROW),
    BAD_ADDRESS(ROW),
    SEVERAL_ADDRESSES(ROW),
    LOCAL_NOT_ASCII(ROW),
    LOOKALIKE_DOMAIN(ROW),
    INVISIBLE_CHARACTER(ROW),
    /** The ledger doesn't allow this decision; the argument is the status of the send record. */
    NOT_RESENT(ROW),
    NOT_ENDED(ROW),
    /** A decision's reason may name people, or is too long for the ledger. */
    BAD_REASON(ROW),
    /** The person is in an earlier row, or has been told already, and gets one letter. Nothing to correct. */
    DUPLICATE(WARNS),
    /** Ten digits that may be a CPR number. */
    CPR_SHAPED(WARNS),
    // Facts
    BAD_FACTS(REFUSES),
    FACTS_TOO_LARGE(REFUSES),
    /** The facts lack content that Art. 34 requires; the column is the field. */
    INCOMPLETE(REFUSES, "GDPR Art. 34(2), 33(3)(b)-(d)"),
    PLACEHOLDER(REFUSES, "GDPR Art. 34(2)"),
    NO_CONTACT(REFUSES, "GDPR Art. 34(2), 33(3)(b)"),
    SENDER_NOT_VERIFIED(REFUSES),
    /** An address of {@code preview_to} is also on the list. */
    PREVIEW_TO_RECIPIENT(WARNS),
    /** SES sends to verified addresses only, until AWS grants production access. */
    SANDBOX(WARNS),
    NO_RECOMMENDATIONS(WARNS, "GDPR Art. 34(2), 33(3)(d); recital 86"),
    /** The facts say that there is nothing to do, but data is affected that calls for advice. */
    ADVICE_NEEDED(REFUSES, "GDPR Art. 34(2), 33(3)(d); recital 86"),
    NO_DATES(WARNS, "GDPR Art. 34(2)"),
    NO_AUTHORITY(WARNS, "GDPR Art. 33(1)"),
    NOT_ABOUT_BREACH(WARNS, "GDPR Art. 34(1); EDPB Guidelines 9/2022, dedicated message"),
    /** The authority was notified more than 72 hours after the controller became aware, without a reason. */
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
    /** The list says whom each letter is about, but the letter doesn't. */
    ABOUT_NOT_PRINTED(WARNS, "GDPR Art. 34(2), 12(1)"),
    /** Gmail would show only the first part of the letter. */
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

    /** Returns what findings of this code stop. */
    public Severity severity() {
        return severity;
    }

    /** Returns the provision behind this code, for example {@code GDPR Art. 34(2), 33(3)(b)}; empty if there is none. */
    public String article() {
        return article;
    }
}

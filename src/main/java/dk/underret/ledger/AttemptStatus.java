package dk.underret.ledger;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The states of one attempt, in order of precedence: of the states that an attempt has entered, the last in this list is the one it
 * is in.
 *
 * <p>{@link #ACCEPTED} and all that follow are reported by SES's events, which arrive in any order. Their precedence is declared
 * here and nowhere else: only a permanent bounce or a complaint overrides a delivery, and a delivery overrides a soft bounce.
 */
public enum AttemptStatus {
    /** The sender claimed the dispatch; its one POST may be under way. */
    SENDING(SendStatus.SENDING),
    /** The letter was not sent; the next claim replaces this attempt. */
    WAITING(SendStatus.WAITING),
    /** SES's answer is not known. */
    UNKNOWN(SendStatus.UNKNOWN),
    /** Unknown for 24 hours: a person decides. */
    HELD(SendStatus.HELD),
    /** SES refused the recipient. */
    FAILED(SendStatus.FAILED),
    /** The row cannot be sent, so nothing was attempted. */
    INVALID(SendStatus.INVALID),
    /** SES accepted the message. */
    ACCEPTED(SendStatus.ACCEPTED),
    /** SES accepted the message and then rejected its content. */
    REJECTED(SendStatus.REJECTED),
    /** SES did not send it: the address is on the suppression list. */
    SUPPRESSED(SendStatus.SUPPRESSED),
    /**
     * The receiving server reported a Transient or Undetermined bounce. Together with a delivery it is an automatic reply, for
     * example an out-of-office message.
     */
    SOFT_BOUNCED(SendStatus.BOUNCED),
    /** The receiving server accepted the message. */
    DELIVERED(SendStatus.DELIVERED),
    /** The receiving server refused the message permanently. */
    BOUNCED(SendStatus.BOUNCED),
    /** The recipient reported the message as spam. */
    COMPLAINED(SendStatus.COMPLAINED);

    /** The states that SES's events report, in order of precedence. */
    static final Set<AttemptStatus> REPORTED = Collections.unmodifiableSet(EnumSet.range(ACCEPTED, COMPLAINED));

    private final SendStatus sendStatus;

    AttemptStatus(SendStatus sendStatus) {
        this.sendStatus = sendStatus;
    }

    /** Returns the status of a dispatch whose only attempt is in this state. Both kinds of bounce are {@link SendStatus#BOUNCED}. */
    public SendStatus sendStatus() {
        return sendStatus;
    }

    /** Whether SES's events report this state. */
    public boolean isReported() {
        return REPORTED.contains(this);
    }

    /** Returns the state that an event of SES reports; empty for a trigger that is not such an event. */
    public static Optional<AttemptStatus> reportedBy(Trigger trigger) {
        return switch (trigger) {
            case SENT_EVENT -> Optional.of(ACCEPTED);
            case REJECTION -> Optional.of(REJECTED);
            case SUPPRESSION -> Optional.of(SUPPRESSED);
            case SOFT_BOUNCE -> Optional.of(SOFT_BOUNCED);
            case DELIVERY -> Optional.of(DELIVERED);
            case BOUNCE -> Optional.of(BOUNCED);
            case COMPLAINT -> Optional.of(COMPLAINED);
            case CLAIM, ACCEPT, DEFER, REFUSE, DOUBT, STALE, HOLD, RESEND, CLOSE, POST, INVALIDATE -> Optional.empty();
        };
    }

    /** Returns the reported state that takes precedence among those that an attempt has entered; empty where none was reported. */
    public static Optional<AttemptStatus> reported(Collection<AttemptStatus> entered) {
        return entered.stream().filter(AttemptStatus::isReported).max(AttemptStatus::compareTo);
    }
}

package dk.underret.ledger;

import java.util.EnumSet;
import java.util.Set;

/** The statuses of a dispatch. {@link Transitions} has every change from one to another. */
public enum SendStatus {
    /** Claimed; the one POST may be under way. */
    SENDING,
    /** Known not to be sent: a sender claims it again. */
    WAITING,
    /** SES accepted the message. */
    ACCEPTED,
    /** The receiving server accepted the message (an SES event). Whether the recipient read it is not known. */
    DELIVERED,
    /** The receiving server refused it: permanently or not, see {@link AttemptStatus}. */
    BOUNCED,
    /** SES did not send it: the address is on the suppression list. */
    SUPPRESSED,
    /** Delivered, and the recipient reported it as spam. */
    COMPLAINED,
    /** SES accepted it and then rejected its content. */
    REJECTED,
    /** SES refused this recipient. */
    FAILED,
    /** SES's answer is not known, so it may have been sent. Never sent again without a decision. */
    UNKNOWN,
    /** Unknown for 24 hours: a person decides. */
    HELD,
    /** Closed unsent by a named person, with a reason. */
    CLOSED,
    /** Informed by post, as a named person reported. */
    POSTED,
    /** The row cannot be sent: its codes say why. */
    INVALID;

    private static final Set<SendStatus> PROBLEMS =
            EnumSet.of(UNKNOWN, HELD, FAILED, BOUNCED, SUPPRESSED, COMPLAINED, REJECTED, INVALID);

    /** Whether a person has to check it. The problem index contains these. */
    public boolean problem() {
        return PROBLEMS.contains(this);
    }
}

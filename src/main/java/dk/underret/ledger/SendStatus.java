package dk.underret.ledger;

import java.util.EnumSet;
import java.util.Set;

/** Where a dispatch stands. See {@link Transitions} for how it gets from one to another. */
public enum SendStatus {
    /** Claimed; the one POST may be on its way. */
    SENDING,
    /** Not sent, and known not to be: it is tried again. */
    WAITING,
    /** SES took the message. */
    ACCEPTED,
    /** The receiving server took it (an SES event); nobody says it was read. */
    DELIVERED,
    /** The receiving server refused it for good. */
    BOUNCED,
    /** SES did not send it: the address is on the suppression list. */
    SUPPRESSED,
    /** Delivered, and the recipient reported it as spam. */
    COMPLAINED,
    /** SES took it and then rejected its content. */
    REJECTED,
    /** SES refused this recipient. */
    FAILED,
    /** Sent or not: SES's answer is not known. Never sent again by the machine. */
    UNKNOWN,
    /** Unknown for 24 hours: a person decides. */
    HELD,
    /** Closed unsent by a named person, with a reason. */
    CLOSED,
    /** Told by post, by a named person. */
    POSTED,
    /** The row can't be sent: its codes say why. */
    INVALID;

    private static final Set<SendStatus> PROBLEMS =
            EnumSet.of(UNKNOWN, HELD, FAILED, BOUNCED, SUPPRESSED, COMPLAINED, REJECTED, INVALID);

    /** Whether somebody has to look at it: these stand in the index of problems. */
    public boolean problem() {
        return PROBLEMS.contains(this);
    }
}

package dk.underret.ledger;

import static dk.underret.ledger.SendStatus.ACCEPTED;
import static dk.underret.ledger.SendStatus.BOUNCED;
import static dk.underret.ledger.SendStatus.CLOSED;
import static dk.underret.ledger.SendStatus.COMPLAINED;
import static dk.underret.ledger.SendStatus.DELIVERED;
import static dk.underret.ledger.SendStatus.FAILED;
import static dk.underret.ledger.SendStatus.HELD;
import static dk.underret.ledger.SendStatus.INVALID;
import static dk.underret.ledger.SendStatus.POSTED;
import static dk.underret.ledger.SendStatus.REJECTED;
import static dk.underret.ledger.SendStatus.SENDING;
import static dk.underret.ledger.SendStatus.SUPPRESSED;
import static dk.underret.ledger.SendStatus.UNKNOWN;
import static dk.underret.ledger.SendStatus.WAITING;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every transition between the states of a dispatch; what is not in this table does not happen.
 *
 * <pre>
 *  (absent) ─CLAIM→ SENDING ─ACCEPT→ ACCEPTED ─feedback→ REJECTED | SUPPRESSED | DELIVERED | BOUNCED | COMPLAINED
 *      │               ├─DEFER→  WAITING ─CLAIM→ SENDING
 *      │               ├─REFUSE→ FAILED
 *      │               └─DOUBT, STALE→ UNKNOWN ─HOLD→ HELD
 *      └─INVALIDATE→ INVALID
 *
 *  SENDING, WAITING, UNKNOWN, HELD  ─feedback→ as from ACCEPTED, and SENT_EVENT→ ACCEPTED
 *  UNKNOWN, HELD                    ─a late settle→ ACCEPTED | WAITING | FAILED
 *  HELD, FAILED, BOUNCED            ─RESEND→ SENDING
 *  HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID ─CLOSE→ CLOSED, ─POST→ POSTED
 * </pre>
 *
 * <p>Three rules decide where two causes meet:
 * <ul>
 *   <li>Feedback may come in any order and any number of times; the one furthest along ACCEPTED, REJECTED, SUPPRESSED, DELIVERED,
 *       BOUNCED, COMPLAINED stands. So only a permanent bounce or a complaint overrides a delivery. A soft bounce stands as
 *       BOUNCED until a delivery is reported, whichever came first ({@link Attempt}).
 *   <li>Feedback that came before the sender's settle stands: the settle adds its message id and leaves the status.
 *   <li>What says that a message may be out outweighs what says that it is not: an ACCEPT or DOUBT after DEFER is taken.
 * </ul>
 */
public final class Transitions {
    /** From good to bad; each stands against those before it. */
    private static final List<SendStatus> FEEDBACK =
            List.of(ACCEPTED, REJECTED, SUPPRESSED, DELIVERED, BOUNCED, COMPLAINED);

    private static final Map<Cause, SendStatus> FEEDBACK_CAUSES = Map.of(
            Cause.SENT_EVENT, ACCEPTED,
            Cause.REJECTION, REJECTED,
            Cause.SUPPRESSION, SUPPRESSED,
            Cause.DELIVERY, DELIVERED,
            Cause.BOUNCE, BOUNCED,
            Cause.COMPLAINT, COMPLAINED);

    private static final Map<Cause, SendStatus> FIRST = Map.of(Cause.CLAIM, SENDING, Cause.INVALIDATE, INVALID);

    private static final Map<SendStatus, Map<Cause, SendStatus>> TABLE = table();

    private Transitions() {}

    /**
     * Where a cause leads.
     *
     * @param from the status now; empty where there is no record
     * @return the status after it, which may be the one before; empty when the cause is refused
     */
    public static Optional<SendStatus> next(Optional<SendStatus> from, Cause cause) {
        return Optional.ofNullable(from.map(TABLE::get).orElse(FIRST).get(cause));
    }

    /** The statuses that a cause changes into another. */
    public static Set<SendStatus> moves(Cause cause) {
        return from(cause, false);
    }

    /** The statuses in which a cause is taken and changes nothing. */
    public static Set<SendStatus> stays(Cause cause) {
        return from(cause, true);
    }

    private static Set<SendStatus> from(Cause cause, boolean same) {
        var set = EnumSet.noneOf(SendStatus.class);
        TABLE.forEach((from, row) -> {
            var to = row.get(cause);
            if (to != null && (to == from) == same) set.add(from);
        });
        return set;
    }

    private static Map<SendStatus, Map<Cause, SendStatus>> table() {
        var table = new EnumMap<SendStatus, Map<Cause, SendStatus>>(SendStatus.class);
        for (var status : SendStatus.values()) table.put(status, new EnumMap<>(Cause.class));
        settles(table);
        feedback(table);
        person(table);
        put(table, Cause.CLAIM, SENDING, WAITING);
        put(table, Cause.HOLD, HELD, UNKNOWN);
        return table;
    }

    private static void settles(Map<SendStatus, Map<Cause, SendStatus>> table) {
        put(table, Cause.ACCEPT, ACCEPTED, SENDING, WAITING, UNKNOWN, HELD);
        put(table, Cause.DEFER, WAITING, SENDING, WAITING, UNKNOWN, HELD);
        put(table, Cause.REFUSE, FAILED, SENDING, FAILED, UNKNOWN, HELD);
        put(table, Cause.DOUBT, UNKNOWN, SENDING, WAITING, UNKNOWN);
        put(table, Cause.DOUBT, HELD, HELD);
        put(table, Cause.STALE, UNKNOWN, SENDING, UNKNOWN);
        for (var cause : List.of(Cause.ACCEPT, Cause.DEFER, Cause.REFUSE, Cause.DOUBT))
            for (var status : FEEDBACK) put(table, cause, status, status);
    }

    private static void feedback(Map<SendStatus, Map<Cause, SendStatus>> table) {
        FEEDBACK_CAUSES.forEach((cause, to) -> {
            put(table, cause, to, SENDING, WAITING, UNKNOWN, HELD);
            for (var from : FEEDBACK)
                put(table, cause, FEEDBACK.indexOf(to) > FEEDBACK.indexOf(from) ? to : from, from);
        });
        put(
                table,
                Cause.SOFT_BOUNCE,
                BOUNCED,
                SENDING,
                WAITING,
                UNKNOWN,
                HELD,
                ACCEPTED,
                REJECTED,
                SUPPRESSED,
                BOUNCED);
        put(table, Cause.SOFT_BOUNCE, DELIVERED, DELIVERED);
        put(table, Cause.SOFT_BOUNCE, COMPLAINED, COMPLAINED);
    }

    private static void person(Map<SendStatus, Map<Cause, SendStatus>> table) {
        put(table, Cause.RESEND, SENDING, HELD, FAILED, BOUNCED);
        put(table, Cause.CLOSE, CLOSED, HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID);
        put(table, Cause.POST, POSTED, HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID);
    }

    private static void put(
            Map<SendStatus, Map<Cause, SendStatus>> table, Cause cause, SendStatus to, SendStatus... from) {
        for (var status : from)
            table.computeIfAbsent(status, s -> new EnumMap<>(Cause.class)).put(cause, to);
    }
}

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
 *  UNKNOWN, HELD                    ─a late settle→ ACCEPTED | FAILED
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
 *       A DEFER after STALE is not: the chunk may be settled by then, and nobody comes back to a row of it that waits.
 * </ul>
 */
public final class Transitions {
    /** From good to bad; each stands against those before it. */
    private static final List<SendStatus> FEEDBACK =
            List.of(ACCEPTED, REJECTED, SUPPRESSED, DELIVERED, BOUNCED, COMPLAINED);

    private static final Map<Trigger, SendStatus> FEEDBACK_CAUSES = Map.of(
            Trigger.SENT_EVENT, ACCEPTED,
            Trigger.REJECTION, REJECTED,
            Trigger.SUPPRESSION, SUPPRESSED,
            Trigger.DELIVERY, DELIVERED,
            Trigger.BOUNCE, BOUNCED,
            Trigger.COMPLAINT, COMPLAINED);

    private static final Map<Trigger, SendStatus> FIRST = Map.of(Trigger.CLAIM, SENDING, Trigger.INVALIDATE, INVALID);

    private static final Map<SendStatus, Map<Trigger, SendStatus>> TABLE = table();

    private Transitions() {}

    /**
     * Where a cause leads.
     *
     * @param from the status now; empty where there is no record
     * @return the status after it, which may be the one before; empty when the cause is refused
     */
    public static Optional<SendStatus> next(Optional<SendStatus> from, Trigger cause) {
        return Optional.ofNullable(from.map(TABLE::get).orElse(FIRST).get(cause));
    }

    /** The statuses that a cause changes into another. */
    public static Set<SendStatus> moves(Trigger cause) {
        return from(cause, false);
    }

    /** The statuses in which a cause is taken and changes nothing. */
    public static Set<SendStatus> stays(Trigger cause) {
        return from(cause, true);
    }

    private static Set<SendStatus> from(Trigger cause, boolean same) {
        var set = EnumSet.noneOf(SendStatus.class);
        TABLE.forEach((from, row) -> {
            var to = row.get(cause);
            if (to != null && (to == from) == same) set.add(from);
        });
        return set;
    }

    private static Map<SendStatus, Map<Trigger, SendStatus>> table() {
        var table = new EnumMap<SendStatus, Map<Trigger, SendStatus>>(SendStatus.class);
        for (var status : SendStatus.values()) table.put(status, new EnumMap<>(Trigger.class));
        settles(table);
        feedback(table);
        person(table);
        put(table, Trigger.CLAIM, SENDING, WAITING);
        put(table, Trigger.HOLD, HELD, UNKNOWN);
        return table;
    }

    private static void settles(Map<SendStatus, Map<Trigger, SendStatus>> table) {
        put(table, Trigger.ACCEPT, ACCEPTED, SENDING, WAITING, UNKNOWN, HELD);
        put(table, Trigger.DEFER, WAITING, SENDING, WAITING);
        put(table, Trigger.DEFER, UNKNOWN, UNKNOWN);
        put(table, Trigger.DEFER, HELD, HELD);
        put(table, Trigger.REFUSE, FAILED, SENDING, FAILED, UNKNOWN, HELD);
        put(table, Trigger.DOUBT, UNKNOWN, SENDING, WAITING, UNKNOWN);
        put(table, Trigger.DOUBT, HELD, HELD);
        put(table, Trigger.STALE, UNKNOWN, SENDING, UNKNOWN);
        for (var cause : List.of(Trigger.ACCEPT, Trigger.DEFER, Trigger.REFUSE, Trigger.DOUBT))
            for (var status : FEEDBACK) put(table, cause, status, status);
    }

    private static void feedback(Map<SendStatus, Map<Trigger, SendStatus>> table) {
        FEEDBACK_CAUSES.forEach((cause, to) -> {
            put(table, cause, to, SENDING, WAITING, UNKNOWN, HELD);
            for (var from : FEEDBACK)
                put(table, cause, FEEDBACK.indexOf(to) > FEEDBACK.indexOf(from) ? to : from, from);
        });
        put(
                table,
                Trigger.SOFT_BOUNCE,
                BOUNCED,
                SENDING,
                WAITING,
                UNKNOWN,
                HELD,
                ACCEPTED,
                REJECTED,
                SUPPRESSED,
                BOUNCED);
        put(table, Trigger.SOFT_BOUNCE, DELIVERED, DELIVERED);
        put(table, Trigger.SOFT_BOUNCE, COMPLAINED, COMPLAINED);
    }

    private static void person(Map<SendStatus, Map<Trigger, SendStatus>> table) {
        put(table, Trigger.RESEND, SENDING, HELD, FAILED, BOUNCED);
        put(table, Trigger.CLOSE, CLOSED, HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID);
        put(table, Trigger.POST, POSTED, HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID);
    }

    private static void put(
            Map<SendStatus, Map<Trigger, SendStatus>> table, Trigger cause, SendStatus to, SendStatus... from) {
        for (var status : from)
            table.computeIfAbsent(status, s -> new EnumMap<>(Trigger.class)).put(cause, to);
    }
}

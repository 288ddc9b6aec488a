package dk.underret.ledger;

import static dk.underret.ledger.SendStatus.ACCEPTED;
import static dk.underret.ledger.SendStatus.BOUNCED;
import static dk.underret.ledger.SendStatus.CLOSED;
import static dk.underret.ledger.SendStatus.COMPLAINED;
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
import java.util.stream.Collectors;

/**
 * All transitions between the statuses of a dispatch. A trigger without an entry here is refused.
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
 * <p>Three rules decide between triggers that compete:
 * <ul>
 *   <li>SES's events arrive in any order and may be repeated. The state that takes precedence in {@link AttemptStatus} wins, so only
 *       a permanent bounce or a complaint overrides a delivery. The status BOUNCED alone does not say which kind of bounce it was;
 *       here it is the permanent kind, and {@link Attempt} distinguishes the two.
 *   <li>An event that precedes the sender's settle keeps its status: the settle only adds its message id.
 *   <li>Evidence that a message may have been sent has precedence over evidence that it was not: ACCEPT and DOUBT apply after
 *       DEFER. A DEFER after STALE does not apply: the chunk may be settled by then, and no message would return to a waiting row
 *       of it.
 * </ul>
 */
public final class Transitions {
    /** The statuses that SES's events lead to. */
    private static final Set<SendStatus> REPORTED = AttemptStatus.REPORTED.stream()
            .map(AttemptStatus::sendStatus)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(SendStatus.class)));

    private static final Map<Trigger, SendStatus> FIRST = Map.of(Trigger.CLAIM, SENDING, Trigger.INVALIDATE, INVALID);

    private static final Map<SendStatus, Map<Trigger, SendStatus>> TABLE = table();

    private Transitions() {}

    /**
     * Returns the status that a trigger leads to.
     *
     * @param from the status now; empty where there is no record
     * @return the status after it, which may be the one before; empty where the trigger is refused
     */
    public static Optional<SendStatus> next(Optional<SendStatus> from, Trigger trigger) {
        return Optional.ofNullable(from.map(TABLE::get).orElse(FIRST).get(trigger));
    }

    /** Returns the statuses that a trigger changes into another. */
    public static Set<SendStatus> moves(Trigger trigger) {
        return from(trigger, false);
    }

    /** Returns the statuses in which a trigger is allowed and changes nothing. */
    public static Set<SendStatus> stays(Trigger trigger) {
        return from(trigger, true);
    }

    private static Set<SendStatus> from(Trigger trigger, boolean same) {
        var set = EnumSet.noneOf(SendStatus.class);
        TABLE.forEach((from, row) -> {
            var to = row.get(trigger);
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
        for (var trigger : List.of(Trigger.ACCEPT, Trigger.DEFER, Trigger.REFUSE, Trigger.DOUBT))
            for (var status : REPORTED) put(table, trigger, status, status);
    }

    private static void feedback(Map<SendStatus, Map<Trigger, SendStatus>> table) {
        for (var trigger : Trigger.values())
            AttemptStatus.reportedBy(trigger).ifPresent(reported -> {
                put(table, trigger, reported.sendStatus(), SENDING, WAITING, UNKNOWN, HELD);
                for (var from : REPORTED) {
                    var before = AttemptStatus.valueOf(from.name());
                    var after = reported.compareTo(before) > 0 ? reported : before;
                    put(table, trigger, after.sendStatus(), from);
                }
            });
    }

    private static void person(Map<SendStatus, Map<Trigger, SendStatus>> table) {
        put(table, Trigger.RESEND, SENDING, HELD, FAILED, BOUNCED);
        put(table, Trigger.CLOSE, CLOSED, HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID);
        put(table, Trigger.POST, POSTED, HELD, FAILED, BOUNCED, SUPPRESSED, REJECTED, COMPLAINED, INVALID);
    }

    private static void put(
            Map<SendStatus, Map<Trigger, SendStatus>> table, Trigger trigger, SendStatus to, SendStatus... from) {
        for (var status : from)
            table.computeIfAbsent(status, s -> new EnumMap<>(Trigger.class)).put(trigger, to);
    }
}

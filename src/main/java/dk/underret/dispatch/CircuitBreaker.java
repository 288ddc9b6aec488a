package dk.underret.dispatch;

import dk.underret.incident.NoticeId;
import dk.underret.run.StopReason;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trips on the outcomes of one sender's own POSTs: on too many ambiguous answers of SES, and on a letter that SES refuses for one
 * recipient after the other. Lives as long as the sender. Safe for use by many threads.
 */
final class CircuitBreaker {
    /** Ambiguous answers among the last {@link #WINDOW} POSTs at which the breaker trips with DOUBT. */
    static final int MAX_AMBIGUOUS = 5;

    static final int WINDOW = 20;

    /** Consecutive refusals with the same code at which the breaker trips with PAUSED: the fault is in the letter, not in the people. */
    static final int MAX_SAME_REFUSALS = 5;

    private final ArrayDeque<Boolean> ambiguous = new ArrayDeque<>();
    private final Map<NoticeId, Refusals> refusals = new HashMap<>();

    /**
     * Records an outcome.
     *
     * @return DOUBT or PAUSED when this outcome trips the breaker, which also resets its count
     */
    synchronized Optional<StopReason> record(NoticeId notice, Outcome outcome) {
        ambiguous.addLast(outcome instanceof Outcome.Unknown);
        if (ambiguous.size() > WINDOW) ambiguous.removeFirst();
        if (ambiguous.stream().filter(unknown -> unknown).count() >= MAX_AMBIGUOUS) {
            ambiguous.clear();
            return Optional.of(StopReason.DOUBT);
        }
        var consecutive = refusals.getOrDefault(notice, Refusals.NONE).with(outcome);
        if (consecutive.count() < MAX_SAME_REFUSALS) {
            refusals.put(notice, consecutive);
            return Optional.empty();
        }
        refusals.remove(notice);
        return Optional.of(StopReason.PAUSED);
    }

    /** Consecutive refusals of recipients with the same code. */
    private record Refusals(String code, int count) {
        static final Refusals NONE = new Refusals("", 0);

        Refusals with(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Accepted accepted -> NONE;
                case Outcome.Refused refused ->
                    switch (refused.scope()) {
                        case RECIPIENT ->
                            new Refusals(refused.code(), refused.code().equals(code) ? count + 1 : 1);
                        case ACCOUNT -> this;
                    };
                case Outcome.Deferred deferred -> this;
                case Outcome.Unknown unknown -> this;
            };
        }
    }
}

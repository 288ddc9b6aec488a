package dk.underret.dispatch;

import dk.underret.incident.NoticeId;
import dk.underret.run.StopReason;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a sender's own POSTs, one after the other, say of SES and of a letter. Lives as long as the sender; safe for use by many threads. */
final class CircuitBreaker {
    /** So many of the last {@link #LAST} without an answer that can be understood, and SES is in doubt. */
    static final int IN_DOUBT = 5;

    static final int LAST = 20;

    /** So many refusals by the same code in a row, and it is the letter, not the people. */
    static final int SAME_REFUSALS = 5;

    private final ArrayDeque<Boolean> ambiguous = new ArrayDeque<>();
    private final Map<NoticeId, Refusals> refusals = new HashMap<>();

    /**
     * Takes in an outcome.
     *
     * @return DOUBT or PAUSED where it is one too many; the count starts anew then
     */
    synchronized Optional<StopReason> saw(NoticeId notice, Outcome outcome) {
        ambiguous.addLast(outcome instanceof Outcome.Unknown);
        if (ambiguous.size() > LAST) ambiguous.removeFirst();
        if (ambiguous.stream().filter(unknown -> unknown).count() >= IN_DOUBT) {
            ambiguous.clear();
            return Optional.of(StopReason.DOUBT);
        }
        var inRow = refusals.getOrDefault(notice, Refusals.NONE).with(outcome);
        if (inRow.count() < SAME_REFUSALS) {
            refusals.put(notice, inRow);
            return Optional.empty();
        }
        refusals.remove(notice);
        return Optional.of(StopReason.PAUSED);
    }

    /** Refusals of recipients in a row by the same code. */
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

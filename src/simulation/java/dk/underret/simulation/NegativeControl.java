package dk.underret.simulation;

import dk.underret.ledger.Attempt;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Claim;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.testing.FakeLedger;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;

/** A safeguard taken away: the simulation has to notice. */
enum NegativeControl {
    /** Nothing is taken away. */
    NONE,
    /** A claim replaces whatever stands there. */
    CLAIM_WITHOUT_CONDITION,
    /** A repeated claim doesn't know its own token ({@code ALL_OLD} is not asked for). */
    CLAIM_WITHOUT_ALL_OLD,
    /** The client of SES repeats a POST whose answer did not come, as the SDK does by default. */
    POST_REPEATED,
    /** A letter is recorded as accepted before it is POSTed. */
    SETTLED_BEFORE_SENT,
    /** Nobody sweeps. */
    NO_SWEEP,
    /** The newest event stands, whatever was known before. */
    FEEDBACK_WITHOUT_CONDITION;

    /** A call of the ledger without its safeguard; null where this call keeps it. */
    Object call(FakeLedger ledger, Method method, Object[] arguments) {
        return switch (this) {
            case CLAIM_WITHOUT_CONDITION ->
                method.getName().equals("claim") ? taken(ledger, (SendRecord) arguments[0]) : null;
            case CLAIM_WITHOUT_ALL_OLD ->
                method.getName().equals("claim") ? notRecognised(ledger, (SendRecord) arguments[0]) : null;
            case FEEDBACK_WITHOUT_CONDITION ->
                method.getName().equals("feedback")
                        ? overwritten(
                                ledger, ledger.records().get((SendKey) arguments[0]), (FeedbackEvent) arguments[2])
                        : null;
            case NONE, POST_REPEATED, SETTLED_BEFORE_SENT, NO_SWEEP -> null;
        };
    }

    private static Claim taken(FakeLedger ledger, SendRecord fresh) {
        ledger.put(fresh);
        return new Claim.Ours();
    }

    private static Claim notRecognised(FakeLedger ledger, SendRecord fresh) {
        var standing = ledger.records().get(fresh.key());
        return standing != null && standing.token().equals(fresh.token()) ? new Claim.Taken(standing) : null;
    }

    private static FeedbackResult overwritten(FakeLedger ledger, SendRecord standing, FeedbackEvent event) {
        if (standing == null) return null;
        var status = AttemptStatus.reportedBy(event.trigger()).orElseThrow();
        var newest = standing.newest();
        var record = standing.with(new Attempt(
                newest.number(),
                newest.token(),
                status,
                newest.letter(),
                newest.resend(),
                Optional.of(event.messageId()),
                event.code(),
                Map.of(status, event.at())));
        ledger.put(record);
        return new FeedbackResult.Applied(record);
    }
}

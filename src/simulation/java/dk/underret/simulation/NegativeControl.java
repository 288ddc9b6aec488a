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

/** Disables one safeguard. The oracle must report an error within a number of seeds. */
enum NegativeControl {
    /** All safeguards are in place. */
    NONE,
    /** A claim replaces an existing record. */
    CLAIM_WITHOUT_CONDITION,
    /** A repeated claim doesn't recognise its own token, because it doesn't ask for {@code ALL_OLD}. */
    CLAIM_WITHOUT_ALL_OLD,
    /** The client of SES repeats a POST whose answer was lost, as the SDK does by default. */
    POST_REPEATED,
    /** A letter is recorded as accepted before its POST. */
    SETTLED_BEFORE_SENT,
    /** The sweep never runs. */
    NO_SWEEP,
    /** An event overwrites the status, whatever it was. */
    FEEDBACK_WITHOUT_CONDITION;

    /** Makes a call of the ledger without the safeguard. Returns null if this control doesn't change the call. */
    Object call(FakeLedger ledger, Method method, Object[] arguments) {
        return switch (this) {
            case CLAIM_WITHOUT_CONDITION ->
                method.getName().equals("claim") ? claimUnconditionally(ledger, (SendRecord) arguments[0]) : null;
            case CLAIM_WITHOUT_ALL_OLD ->
                method.getName().equals("claim") ? claimWithoutOldRecord(ledger, (SendRecord) arguments[0]) : null;
            case FEEDBACK_WITHOUT_CONDITION ->
                method.getName().equals("feedback")
                        ? overwriteStatus(
                                ledger, ledger.records().get((SendKey) arguments[0]), (FeedbackEvent) arguments[2])
                        : null;
            case NONE, POST_REPEATED, SETTLED_BEFORE_SENT, NO_SWEEP -> null;
        };
    }

    private static Claim claimUnconditionally(FakeLedger ledger, SendRecord fresh) {
        ledger.put(fresh);
        return new Claim.Ours();
    }

    private static Claim claimWithoutOldRecord(FakeLedger ledger, SendRecord fresh) {
        var stored = ledger.records().get(fresh.key());
        return stored != null && stored.token().equals(fresh.token()) ? new Claim.Taken(stored) : null;
    }

    private static FeedbackResult overwriteStatus(FakeLedger ledger, SendRecord stored, FeedbackEvent event) {
        if (stored == null) return null;
        var status = AttemptStatus.reportedBy(event.trigger()).orElseThrow();
        var newest = stored.newest();
        var record = stored.with(new Attempt(
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

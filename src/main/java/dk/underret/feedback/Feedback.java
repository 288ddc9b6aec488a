package dk.underret.feedback;

import dk.underret.feedback.SesEventResult.Applied;
import dk.underret.feedback.SesEventResult.Known;
import dk.underret.feedback.SesEventResult.SetAside;
import dk.underret.feedback.SesEventResult.SetAside.Code;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Mismatch;
import dk.underret.ledger.SendKey;

/**
 * Applies SES's events to the ledger, in any order and any number of times.
 *
 * <pre>
 * SNS envelope ─► SES event ─► tags ─► the attempt's record ─┬─ something new ──► applied
 *                     │         │            │               └─ nothing new ────► known
 *                     └─────────┴────────────┴─ unreadable, or not ours ────────► set aside
 * </pre>
 *
 * An event is trusted if notice, recipient and token name an attempt in the ledger, and its message id is the attempt's where that
 * is known. Only its type, time, code and message id are kept: the rest contains personal data. Safe for use by many threads.
 */
public final class Feedback {
    private final Ledger ledger;

    /** Creates the worker. */
    public Feedback(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Applies one message of the feedback queue. Exceptions are the ledger's, and worth a retry.
     *
     * @param body the SNS envelope as JSON
     */
    public SesEventResult take(String body) {
        return switch (SesEvent.read(body)) {
            case SesEvent.Other other -> new SetAside(other.code());
            case SesEvent.OfAttempt event -> apply(event);
        };
    }

    private SesEventResult apply(SesEvent.OfAttempt event) {
        var key = new SendKey(event.notice(), event.recipient());
        return switch (ledger.feedback(key, event.token(), event.event())) {
            case FeedbackResult.Applied applied ->
                new Applied(event.notice(), applied.record().status());
            case FeedbackResult.Known known ->
                new Known(event.notice(), known.record().status());
            case FeedbackResult.Foreign foreign -> new SetAside(code(foreign.mismatch()));
        };
    }

    private static Code code(Mismatch mismatch) {
        return switch (mismatch) {
            case NO_RECORD -> Code.NO_RECORD;
            case NO_ATTEMPT -> Code.NO_ATTEMPT;
            case MESSAGE_ID -> Code.OTHER_MESSAGE;
            case NOT_SENT -> Code.NOT_SENT;
        };
    }
}

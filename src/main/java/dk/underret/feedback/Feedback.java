package dk.underret.feedback;

import dk.underret.feedback.SesEventResult.Applied;
import dk.underret.feedback.SesEventResult.Known;
import dk.underret.feedback.SesEventResult.SetAside;
import dk.underret.feedback.SesEventResult.SetAside.Code;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Mismatch;
import dk.underret.ledger.SendKey;

/**
 * Takes in SES's events about letters, in any order and any number of times.
 *
 * <pre>
 * SNS's envelope ─► SES's event ─► tags ─► the record's attempt ─┬─ something new ──► applied
 *                        │           │            │             └─ nothing new ────► known
 *                        └───────────┴────────────┴─ not to be had, not ours ──────► set aside
 * </pre>
 *
 * An event is believed where notice, recipient and the attempt's token name an attempt in the ledger and SES's message id is that
 * attempt's, if it is known. Nothing of an event is kept but its kind, times and message id: the rest names people. Safe for use by
 * many threads.
 */
public final class Feedback {
    private final Ledger ledger;

    /** Over this ledger. */
    public Feedback(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Takes in one message of the topic. What is thrown is the ledger's, and worth a retry.
     *
     * @param body a queue message's: SNS's envelope as JSON
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
            case FeedbackResult.Applied applied -> new Applied(event.notice(), applied.record().status());
            case FeedbackResult.Known known -> new Known(event.notice(), known.record().status());
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

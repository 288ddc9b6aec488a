package dk.underret.feedback;

import dk.underret.feedback.SesEventResult.Applied;
import dk.underret.feedback.SesEventResult.Known;
import dk.underret.feedback.SesEventResult.SetAside;
import dk.underret.feedback.SesEventResult.SetAside.Code;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Ledger.FeedbackResult;
import dk.underret.ledger.Ledger.Mismatch;
import dk.underret.ledger.SendKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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
    private static final int ONE_PARTITION = 1;
    private static final int SPREAD = 16;

    private final Ledger ledger;

    /** How many partition keys a notice's records are spread over: the same for all of them, and found at the first. */
    private final Map<NoticeId, Integer> spread = new ConcurrentHashMap<>();

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
            case SesEvent.OfAttempt event -> heard(event);
        };
    }

    private SesEventResult heard(SesEvent.OfAttempt event) {
        var first = spread.getOrDefault(event.notice(), ONE_PARTITION);
        var heard = heard(event, first);
        if (!(heard instanceof FeedbackResult.Foreign foreign) || foreign.why() != Mismatch.NO_RECORD)
            return answer(event, first, heard);
        var second = first == ONE_PARTITION ? SPREAD : ONE_PARTITION;
        return answer(event, second, heard(event, second));
    }

    private FeedbackResult heard(SesEvent.OfAttempt event, int partitions) {
        return ledger.feedback(SendKey.of(event.notice(), partitions, event.recipient()), event.token(), event.event());
    }

    private SesEventResult answer(SesEvent.OfAttempt event, int partitions, FeedbackResult heard) {
        return switch (heard) {
            case FeedbackResult.Applied applied -> {
                spread.put(event.notice(), partitions);
                yield new Applied(event.notice(), applied.record().status());
            }
            case FeedbackResult.Known known -> {
                spread.put(event.notice(), partitions);
                yield new Known(event.notice(), known.record().status());
            }
            case FeedbackResult.Foreign foreign -> new SetAside(code(foreign.why()));
        };
    }

    private static Code code(Mismatch why) {
        return switch (why) {
            case NO_RECORD -> Code.NO_RECORD;
            case NO_ATTEMPT -> Code.NO_ATTEMPT;
            case MESSAGE_ID -> Code.OTHER_MESSAGE;
            case NOT_SENT -> Code.NOT_SENT;
        };
    }
}

package dk.underret.dispatch;

import dk.underret.ledger.Closure;
import dk.underret.ledger.Decision;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Transitions;
import dk.underret.ledger.Trigger;
import dk.underret.run.ChunkRow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows that a person decided about, against the ledger. A decision is about the attempt that was seen when its run was planned:
 * it is acted on while that one is still the newest and not reached anybody, once; whatever came in between stands.
 *
 * @param run the run of the decision
 * @param known the records there are
 * @param key the ledger's key of a recipient
 */
record ManualDecisions(String run, Map<SendKey, SendRecord> known, Function<String, SendKey> key) {
    private static final Set<SendStatus> RESENDABLE = Transitions.moves(Trigger.RESEND);

    /** What is left to do for a row to be sent once more. */
    Optional<RowJob> job(int index, ChunkRow.Resend row) {
        var record = record(row.recipient());
        if (record.filter(this::isOurs).isPresent())
            return record.filter(ours -> ours.status() == SendStatus.WAITING).map(ours -> send(index, row, record));
        if (row.previous().isEmpty()) return mayFollow(row, record) ? Optional.of(send(index, row, record)) : none();
        return record.isEmpty() && mayReplace(row) ? Optional.of(send(index, row, record)) : none();
    }

    /** What is left to do for a row to be ended. */
    Optional<RowJob> job(int index, ChunkRow.End row) {
        return record(row.recipient())
                .filter(record -> isSeen(record, row.token()))
                .filter(record -> Transitions.moves(row.cause()).contains(record.status()))
                .map(record -> new RowJob.End(index, row, record));
    }

    /** Where a row to be sent once more stands; one that may not be is skipped. */
    RowOutcome term(ChunkRow.Resend row) {
        var record = record(row.recipient());
        if (record.filter(this::isOurs).isPresent())
            return RowOutcome.of(record.get().status());
        if (row.previous().isEmpty()) return mayFollow(row, record) ? RowOutcome.PENDING : RowOutcome.SKIPPED;
        if (record.isPresent()) return RowOutcome.DUPLICATE;
        return mayReplace(row) ? RowOutcome.PENDING : RowOutcome.SKIPPED;
    }

    /** Where a row to be ended stands; one that may not be is skipped. */
    RowOutcome term(ChunkRow.End row) {
        var record = record(row.recipient());
        if (record.filter(ended -> isEndedBy(ended, row.decision())).isPresent())
            return RowOutcome.of(record.orElseThrow().status());
        return job(0, row).isPresent() ? RowOutcome.PENDING : RowOutcome.SKIPPED;
    }

    private RowJob send(int index, ChunkRow.Resend row, Optional<SendRecord> seen) {
        var replaced = row.previous().flatMap(this::record);
        return new RowJob.Send(index, row, key.apply(row.recipient()), seen, replaced, Optional.of(row.decision()), 0);
    }

    /** The attempt that was seen, while nobody was reached by it. */
    private boolean mayFollow(ChunkRow.Resend row, Optional<SendRecord> record) {
        return record.filter(found -> isSeen(found, row.token()) && RESENDABLE.contains(found.status()))
                .isPresent();
    }

    /** The same of the record under the former address, which this very decision may have ended before a crash. */
    private boolean mayReplace(ChunkRow.Resend row) {
        var former = row.previous().flatMap(this::record);
        return mayFollow(row, former)
                || former.filter(old -> isEndedBy(old, row.decision())).isPresent();
    }

    static boolean isEndedBy(SendRecord record, Decision decision) {
        return record.closed().map(Closure::decision).equals(Optional.of(decision));
    }

    private static boolean isSeen(SendRecord record, String token) {
        return record.token().equals(token);
    }

    private boolean isOurs(SendRecord record) {
        return record.newest()
                .resend()
                .filter(decision -> decision.run().equals(run))
                .isPresent();
    }

    private Optional<SendRecord> record(String recipient) {
        return Optional.ofNullable(known.get(key.apply(recipient)));
    }

    private static Optional<RowJob> none() {
        return Optional.empty();
    }
}

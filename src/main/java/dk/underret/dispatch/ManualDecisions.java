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
 * Compares rows that a person decided about with the ledger. A decision refers to the attempt that was the newest when its run was
 * planned. It is applied once, and only while that attempt is still the newest and has not reached the recipient.
 *
 * @param run the decision's run
 * @param known the records that exist
 * @param key maps a recipient to its key in the ledger
 */
record ManualDecisions(String run, Map<SendKey, SendRecord> known, Function<String, SendKey> key) {
    private static final Set<SendStatus> RESENDABLE = Transitions.moves(Trigger.RESEND);

    /** Returns the job that is left for a row to resend. */
    Optional<RowJob> job(int index, ChunkRow.Resend row) {
        var record = record(row.recipient());
        if (record.filter(this::isOurs).isPresent())
            return record.filter(ours -> ours.status() == SendStatus.WAITING).map(ours -> send(index, row, record));
        if (row.previous().isEmpty()) return mayResend(row, record) ? Optional.of(send(index, row, record)) : none();
        return record.isEmpty() && mayReplace(row) ? Optional.of(send(index, row, record)) : none();
    }

    /** Returns the job that is left for a row to end. */
    Optional<RowJob> job(int index, ChunkRow.End row) {
        return record(row.recipient())
                .filter(record -> isNewest(record, row.token()))
                .filter(record -> Transitions.moves(row.trigger()).contains(record.status()))
                .map(record -> new RowJob.End(index, row, record));
    }

    /** Returns the outcome of a row to resend; SKIPPED when the decision no longer applies. */
    RowOutcome outcome(ChunkRow.Resend row) {
        var record = record(row.recipient());
        if (record.filter(this::isOurs).isPresent())
            return RowOutcome.of(record.get().status());
        if (row.previous().isEmpty()) return mayResend(row, record) ? RowOutcome.PENDING : RowOutcome.SKIPPED;
        if (record.isPresent()) return RowOutcome.DUPLICATE;
        return mayReplace(row) ? RowOutcome.PENDING : RowOutcome.SKIPPED;
    }

    /** Returns the outcome of a row to end; SKIPPED when the decision no longer applies. */
    RowOutcome outcome(ChunkRow.End row) {
        var record = record(row.recipient());
        if (record.filter(ended -> isEndedBy(ended, row.decision())).isPresent())
            return RowOutcome.of(record.orElseThrow().status());
        return job(0, row).isPresent() ? RowOutcome.PENDING : RowOutcome.SKIPPED;
    }

    private RowJob send(int index, ChunkRow.Resend row, Optional<SendRecord> seen) {
        var replaced = row.previous().flatMap(this::record);
        return new RowJob.Send(index, row, key.apply(row.recipient()), seen, replaced, Optional.of(row.decision()), 0);
    }

    /** Whether the row's attempt is still the newest and did not reach the recipient. */
    private boolean mayResend(ChunkRow.Resend row, Optional<SendRecord> record) {
        return record.filter(found -> isNewest(found, row.token()) && RESENDABLE.contains(found.status()))
                .isPresent();
    }

    /** Checks the record under the former address in the same way. This decision may have ended it already, before a crash. */
    private boolean mayReplace(ChunkRow.Resend row) {
        var former = row.previous().flatMap(this::record);
        return mayResend(row, former)
                || former.filter(old -> isEndedBy(old, row.decision())).isPresent();
    }

    static boolean isEndedBy(SendRecord record, Decision decision) {
        return record.closed().map(Closure::decision).equals(Optional.of(decision));
    }

    private static boolean isNewest(SendRecord record, String token) {
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

package dk.underret.dispatch;

import dk.underret.incident.FrozenNotice;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Origin;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Trigger;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import dk.underret.run.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares a chunk's rows with the ledger: finds the jobs that are left and counts the outcomes. */
final class ChunkRows {
    private final Ledger ledger;
    private final Chunk chunk;
    private final FrozenNotice notice;
    private final Duration staleAfter;
    private final TimeSource time;

    ChunkRows(Ledger ledger, Chunk chunk, FrozenNotice notice, Duration staleAfter, TimeSource time) {
        this.ledger = ledger;
        this.chunk = chunk;
        this.notice = notice;
        this.staleAfter = staleAfter;
        this.time = time;
    }

    /**
     * Reads the records of the rows from an index on, settles stale claims as UNKNOWN, and returns the jobs that are left.
     *
     * @param index of the first row, from 0
     */
    InitialJobs from(int index) {
        var rows = chunk.rows().subList(index, chunk.rows().size());
        var known = ledger.read(rows.stream().flatMap(this::keys).toList());
        var jobs = new ArrayList<RowJob>();
        var stale = false;
        for (int i = index; i < chunk.rows().size(); i++) {
            var row = chunk.rows().get(i);
            var record = record(known, row);
            if (record.isPresent()) stale |= settleIfStale(row, record.get());
            job(i, row, known).ifPresent(jobs::add);
        }
        var lastClaim = known.values().stream()
                .flatMap(record -> Optional.ofNullable(record.newest().at().get(AttemptStatus.SENDING)).stream())
                .max(Instant::compareTo);
        return new InitialJobs(jobs, stale, lastClaim);
    }

    /** Returns the job that is left for a row whose claim failed because the ledger has another record; at most one. */
    List<RowJob> jobs(int index, SendRecord found) {
        var row = chunk.rows().get(index);
        settleIfStale(row, found);
        return job(index, row, Map.of(found.key(), found)).stream().toList();
    }

    /** Counts the outcomes of all rows, from one consistent read of their records. */
    ChunkProgress progress() {
        var known = ledger.read(chunk.rows().stream().flatMap(this::keys).toList());
        var counts =
                chunk.rows().stream().collect(Collectors.groupingBy(row -> outcome(row, known), Collectors.counting()));
        var untilStale = chunk.rows().stream()
                .flatMap(row -> record(known, row).stream().filter(record -> isOwn(row, record)))
                .filter(record -> record.status() == SendStatus.SENDING)
                .map(this::untilStale)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new ChunkProgress(new Tally(counts), untilStale);
    }

    private Optional<RowJob> job(int index, ChunkRow row, Map<SendKey, SendRecord> known) {
        var record = record(known, row);
        return switch (row) {
            case ChunkRow.Send send ->
                record.isEmpty() || maySend(send, record.get())
                        ? Optional.of(new RowJob.Send(index, send, key(send.recipient()), record))
                        : Optional.empty();
            case ChunkRow.Resend resend -> decisions(known).job(index, resend);
            case ChunkRow.End end -> decisions(known).job(index, end);
            case ChunkRow.Invalid invalid ->
                record.isEmpty()
                        ? Optional.of(new RowJob.Invalid(index, invalid, key(invalid.recipient())))
                        : Optional.empty();
            case ChunkRow.Duplicate duplicate -> Optional.empty();
            case ChunkRow.Skipped skipped -> Optional.empty();
        };
    }

    private ManualDecisions decisions(Map<SendKey, SendRecord> known) {
        return new ManualDecisions(chunk.run(), known, this::key);
    }

    /** Allows only a record of this row that is known not to be sent. A record that another run resends is left to that run. */
    private boolean maySend(ChunkRow.Send row, SendRecord record) {
        return isOwn(row, record)
                && record.newest().resend().isEmpty()
                && switch (record.status()) {
                    case WAITING -> true;
                    case SENDING,
                            ACCEPTED,
                            DELIVERED,
                            BOUNCED,
                            SUPPRESSED,
                            COMPLAINED,
                            REJECTED,
                            FAILED,
                            UNKNOWN,
                            HELD,
                            CLOSED,
                            POSTED,
                            INVALID -> false;
                };
    }

    private boolean settleIfStale(ChunkRow row, SendRecord record) {
        if (record.status() != SendStatus.SENDING || !isOwn(row, record)) return false;
        if (untilStale(record).isPositive()) return false;
        return ledger.settle(
                        record.key(), record.token(), Trigger.STALE, time.now(), Optional.empty(), Optional.empty())
                .isPresent();
    }

    private Duration untilStale(SendRecord record) {
        var since = Objects.requireNonNullElse(record.newest().at().get(AttemptStatus.SENDING), Instant.EPOCH);
        var left = Duration.between(time.now(), since.plus(staleAfter));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private RowOutcome outcome(ChunkRow row, Map<SendKey, SendRecord> known) {
        return switch (row) {
            case ChunkRow.Send send -> recorded(send, record(known, row));
            case ChunkRow.Invalid invalid -> recorded(invalid, record(known, row));
            case ChunkRow.Resend resend -> decisions(known).outcome(resend);
            case ChunkRow.End end -> decisions(known).outcome(end);
            case ChunkRow.Duplicate duplicate -> RowOutcome.DUPLICATE;
            case ChunkRow.Skipped skipped -> RowOutcome.SKIPPED;
        };
    }

    /** Whether the record's newest attempt was started for this row: by its own list, or by the decision that this run carries. */
    private boolean isOwn(ChunkRow row, SendRecord record) {
        if (row instanceof ChunkRow.Resend)
            return record.newest()
                    .resend()
                    .filter(decision -> decision.run().equals(chunk.run()))
                    .isPresent();
        return record.origin().equals(new Origin(chunk.run(), row.row()));
    }

    private RowOutcome recorded(ChunkRow row, Optional<SendRecord> record) {
        return record.map(known -> isOwn(row, known) ? ownOutcome(known) : RowOutcome.DUPLICATE)
                .orElse(RowOutcome.PENDING);
    }

    /** While another run resends the row, returns the outcome that the row had before that resend. */
    private static RowOutcome ownOutcome(SendRecord record) {
        var current = RowOutcome.of(record.status());
        if (!current.open() || record.earlier().isEmpty()) return current;
        return RowOutcome.of(record.earlier().getLast().status().sendStatus());
    }

    private Stream<SendKey> keys(ChunkRow row) {
        var previous = row instanceof ChunkRow.Resend resend ? resend.previous() : Optional.<String>empty();
        return Stream.concat(recipient(row).stream(), previous.stream()).map(this::key);
    }

    private Optional<SendRecord> record(Map<SendKey, SendRecord> known, ChunkRow row) {
        return recipient(row).map(this::key).map(known::get);
    }

    private static Optional<String> recipient(ChunkRow row) {
        return switch (row) {
            case ChunkRow.Send send -> Optional.of(send.recipient());
            case ChunkRow.Resend resend -> Optional.of(resend.recipient());
            case ChunkRow.End end -> Optional.of(end.recipient());
            case ChunkRow.Invalid invalid -> Optional.of(invalid.recipient());
            case ChunkRow.Duplicate duplicate -> Optional.empty();
            case ChunkRow.Skipped skipped -> Optional.empty();
        };
    }

    private SendKey key(String recipient) {
        return new SendKey(notice.notice(), recipient);
    }

    /**
     * The jobs at the start of an invocation.
     *
     * @param jobs in the chunk's order
     * @param staleSettled whether any stale claim was settled as UNKNOWN
     * @param lastClaim the time of the newest claim among the rows; empty when no row was claimed
     */
    record InitialJobs(List<RowJob> jobs, boolean staleSettled, Optional<Instant> lastClaim) {}
}

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

/** A chunk's rows against the ledger: what is to be done for each, and where each stands. */
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

    /** Reads where the rows from an index on stand, calls stale claims unknown, and says what is left to do. */
    Start from(int index) {
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
        return new Start(jobs, stale, lastClaim);
    }

    /** What is left to do for a row whose claim found a record. */
    List<RowJob> jobs(int index, SendRecord found) {
        var row = chunk.rows().get(index);
        settleIfStale(row, found);
        return job(index, row, Map.of(found.key(), found)).stream().toList();
    }

    /** Where every row stands, from one consistent pass over their records. */
    ChunkProgress standing() {
        var known = ledger.read(chunk.rows().stream().flatMap(this::keys).toList());
        var counts =
                chunk.rows().stream().collect(Collectors.groupingBy(row -> term(row, known), Collectors.counting()));
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
            case ChunkRow.Resend resend -> decided(known).job(index, resend);
            case ChunkRow.End end -> decided(known).job(index, end);
            case ChunkRow.Invalid invalid ->
                record.isEmpty()
                        ? Optional.of(new RowJob.Invalid(index, invalid, key(invalid.recipient())))
                        : Optional.empty();
            case ChunkRow.Duplicate duplicate -> Optional.empty();
            case ChunkRow.Skipped skipped -> Optional.empty();
        };
    }

    private ManualDecisions decided(Map<SendKey, SendRecord> known) {
        return new ManualDecisions(chunk.run(), known, this::key);
    }

    /** Only this very row, only while it is known not to be sent, and not what another run sends once more. */
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

    private RowOutcome term(ChunkRow row, Map<SendKey, SendRecord> known) {
        return switch (row) {
            case ChunkRow.Send send -> recorded(send, record(known, row));
            case ChunkRow.Invalid invalid -> recorded(invalid, record(known, row));
            case ChunkRow.Resend resend -> decided(known).term(resend);
            case ChunkRow.End end -> decided(known).term(end);
            case ChunkRow.Duplicate duplicate -> RowOutcome.DUPLICATE;
            case ChunkRow.Skipped skipped -> RowOutcome.SKIPPED;
        };
    }

    /** This row's, by its own list or by the decision that this run is. */
    private boolean isOwn(ChunkRow row, SendRecord record) {
        if (row instanceof ChunkRow.Resend)
            return record.newest()
                    .resend()
                    .filter(decision -> decision.run().equals(chunk.run()))
                    .isPresent();
        return record.origin().equals(new Origin(chunk.run(), row.row()));
    }

    private RowOutcome recorded(ChunkRow row, Optional<SendRecord> record) {
        return record.map(known -> isOwn(row, known) ? own(known) : RowOutcome.DUPLICATE)
                .orElse(RowOutcome.PENDING);
    }

    /** While another run sends it once more, it stands here where that run found it. */
    private static RowOutcome own(SendRecord record) {
        var now = RowOutcome.of(record.status());
        if (!now.open() || record.earlier().isEmpty()) return now;
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
     * What there is to do at the start.
     *
     * @param staleSettled whether any stale claim was called unknown
     * @param lastClaim when the last of the rows that were claimed was
     */
    record Start(List<RowJob> jobs, boolean staleSettled, Optional<Instant> lastClaim) {}
}

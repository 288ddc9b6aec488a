package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.Tally;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.Run.ListVersion;
import dk.underret.run.RunStatus;
import dk.underret.run.Runs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of {@link Runs}, for the fake and for DynamoDB. */
public abstract class RunsContract {
    /** The time at which the tests' runs begin. */
    protected static final Instant NOW = Instant.parse("2026-09-01T08:00:00.123Z");

    /** The tally of a settled chunk. */
    protected static final Tally TALLY = new Tally(Map.of(RowOutcome.ACCEPTED, 498L, RowOutcome.INVALID, 2L));

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** Returns the runs under test. */
    protected abstract Runs runs();

    /** Returns a run that no other test uses. */
    protected static Run newRun(RunStatus status, int chunks, int remaining) {
        return new Run(
                String.format("%032x", RUNS.incrementAndGet()),
                "komit",
                "main",
                status,
                new ListVersion("uploads", "incidents/komit/å +list.csv", "v1", "a".repeat(64), "AWS:AIDA"),
                "b".repeat(64),
                List.of(new FrozenLetter("breach-notice", "da", "shipped", "c".repeat(64))),
                chunks,
                remaining,
                500L * chunks,
                Tally.NONE,
                Map.of(FindingCode.BAD_ADDRESS, 2L),
                NOW,
                Optional.empty());
    }

    /** Returns the chunks of a run. */
    protected static List<ChunkRecord> chunksOf(Run run) {
        return IntStream.range(0, run.chunks())
                .mapToObj(i ->
                        new ChunkRecord(run.id(), i, 2 + 500L * i, 500, "e".repeat(64), Tally.NONE, Optional.empty()))
                .toList();
    }

    /** Creates a run in status SENDING, with its chunks. */
    protected Run sending(int chunks) {
        var run = runs().create(newRun(RunStatus.SENDING, chunks, chunks));
        runs().createChunks(chunksOf(run));
        return run;
    }

    private Run read(Run run) {
        return runs().run(run.id()).orElseThrow();
    }

    @Test
    void a_run_is_recorded_unchanged() {
        var run = newRun(RunStatus.PLANNED, 3, 3);
        assertThat(runs().run(run.id())).isEmpty();
        assertThat(runs().create(run)).isEqualTo(run);
        assertThat(read(run)).isEqualTo(run);
    }

    @Test
    void a_second_record_of_a_run_does_not_replace_the_first() {
        var run = runs().create(newRun(RunStatus.PLANNED, 3, 3));
        var again = new Run(
                run.id(),
                "",
                "",
                RunStatus.REFUSED,
                new ListVersion("uploads", "x.csv", "v1", "", ""),
                "",
                List.of(),
                0,
                0,
                0,
                Tally.NONE,
                Map.of(),
                NOW,
                Optional.empty());
        assertThat(runs().create(again)).isEqualTo(run);
        assertThat(read(run)).isEqualTo(run);
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void only_a_planned_run_becomes_sending(RunStatus status) {
        var run = runs().create(newRun(status, 1, 1));
        runs().enqueued(run.id());
        assertThat(read(run).status()).isEqualTo(status == RunStatus.PLANNED ? RunStatus.SENDING : status);
    }

    @Test
    void chunks_are_recorded_once_and_listed_by_number() {
        var run = sending(130);
        runs().settle(run.id(), 7, TALLY, NOW);
        runs().createChunks(chunksOf(run));
        assertThat(runs().chunks(run.id()))
                .hasSize(130)
                .extracting(ChunkRecord::number)
                .isSorted();
        assertThat(runs().chunk(run.id(), 129)).contains(chunksOf(run).get(129));
        assertThat(runs().chunk(run.id(), 7))
                .contains(new ChunkRecord(run.id(), 7, 3502, 500, "e".repeat(64), TALLY, Optional.of(NOW)));
        assertThat(runs().chunk(run.id(), 130)).isEmpty();
    }

    @Test
    void a_chunk_is_settled_once() {
        var run = sending(2);
        assertThat(runs().settle(run.id(), 0, TALLY, NOW)).isTrue();
        assertThat(runs().settle(run.id(), 0, TALLY, NOW)).isFalse();
        assertThat(read(run))
                .extracting(Run::status, Run::remaining, Run::tally, Run::settledAt)
                .containsExactly(RunStatus.SENDING, 1, TALLY, Optional.empty());
    }

    @Test
    void the_last_chunk_settles_the_run_at_the_latest_time_of_a_chunk() {
        var run = sending(2);
        runs().settle(run.id(), 1, TALLY, NOW.plusSeconds(60));
        runs().settle(run.id(), 0, TALLY, NOW);
        assertThat(read(run))
                .extracting(Run::status, Run::remaining, Run::tally, Run::settledAt)
                .containsExactly(RunStatus.SETTLED, 0, TALLY.plus(TALLY), Optional.of(NOW.plusSeconds(60)));
    }

    @Test
    void of_concurrent_settles_of_a_chunk_exactly_one_succeeds() throws Exception {
        var run = sending(2);
        var settled = LedgerContract.concurrently(8, i -> runs().settle(run.id(), 0, TALLY, NOW));
        assertThat(settled).filteredOn(did -> did).hasSize(1);
        assertThat(read(run).remaining()).isEqualTo(1);
        assertThat(read(run).tally()).isEqualTo(TALLY);
    }

    @Test
    void concurrent_settles_of_many_chunks_are_all_counted() throws Exception {
        var run = sending(12);
        var settled = LedgerContract.concurrently(12, i -> runs().settle(run.id(), i, TALLY, NOW));
        assertThat(settled).containsOnly(true);
        assertThat(read(run).status()).isEqualTo(RunStatus.SETTLED);
        assertThat(read(run).tally().rows()).isEqualTo(12 * 500);
    }

    @Test
    void a_chunk_without_a_record_is_not_settled() {
        var run = sending(1);
        assertThatThrownBy(() -> runs().settle(run.id(), 1, TALLY, NOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no such chunk");
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void a_planned_or_sending_run_is_open_from_its_creation_until_it_is_closed(RunStatus status) {
        var run = runs().create(newRun(status, 1, 1));
        var sent = status == RunStatus.PLANNED || status == RunStatus.SENDING;
        assertThat(runs().open().contains(run.id())).isEqualTo(sent);
        runs().close(run.id());
        assertThat(runs().open()).doesNotContain(run.id());
        assertThat(read(run)).isEqualTo(run);
    }

    @Test
    void a_settled_run_stays_open_until_it_is_closed() {
        var run = sending(1);
        runs().settle(run.id(), 0, TALLY, NOW);
        assertThat(runs().open()).contains(run.id());
    }

    @Test
    void a_closed_run_can_be_reopened() {
        var run = sending(1);
        runs().settle(run.id(), 0, TALLY, NOW);
        runs().close(run.id());
        runs().reopen(run.id());
        assertThat(runs().open()).contains(run.id());
    }

    @Test
    void a_run_that_sends_nothing_is_not_reopened() {
        var run = runs().create(newRun(RunStatus.REFUSED, 1, 1));
        runs().reopen(run.id());
        runs().reopen("no such run");
        assertThat(runs().open()).doesNotContain(run.id(), "no such run");
    }

    @Test
    void a_chunk_records_the_last_time_of_its_message_and_the_time_of_its_parking() {
        var run = sending(1);
        runs().touch(run.id(), 0, NOW);
        assertThat(chunk(run))
                .extracting(ChunkRecord::queuedAt, ChunkRecord::parkedAt)
                .containsExactly(Optional.of(NOW), Optional.empty());
        runs().park(run.id(), 0, NOW.plusSeconds(1));
        assertThat(chunk(run))
                .extracting(ChunkRecord::queuedAt, ChunkRecord::parkedAt)
                .containsExactly(Optional.of(NOW), Optional.of(NOW.plusSeconds(1)));
        runs().touch(run.id(), 0, NOW.plusSeconds(2));
        assertThat(chunk(run))
                .extracting(ChunkRecord::queuedAt, ChunkRecord::parkedAt)
                .containsExactly(Optional.of(NOW.plusSeconds(2)), Optional.empty());
    }

    @Test
    void of_concurrent_requeues_of_a_chunk_exactly_one_succeeds() throws Exception {
        var run = sending(1);
        runs().park(run.id(), 0, NOW);
        var seen = chunk(run);
        var did = LedgerContract.concurrently(8, i -> runs().requeue(seen, NOW.plusSeconds(i + 1L)));
        assertThat(did).filteredOn(back -> back).hasSize(1);
        assertThat(chunk(run).parkedAt()).isEmpty();
    }

    @Test
    void a_chunk_that_has_changed_since_it_was_read_is_not_requeued() {
        var run = sending(1);
        var seen = chunk(run);
        runs().touch(run.id(), 0, NOW);
        assertThat(runs().requeue(seen, NOW.plusSeconds(1))).isFalse();
        assertThat(chunk(run).queuedAt()).contains(NOW);
    }

    @Test
    void a_settled_chunk_is_neither_parked_nor_requeued() {
        var run = sending(2);
        runs().settle(run.id(), 0, TALLY, NOW);
        var settled = chunk(run);
        runs().park(run.id(), 0, NOW);
        runs().touch(run.id(), 0, NOW);
        assertThat(runs().requeue(settled, NOW)).isFalse();
        assertThat(chunk(run)).isEqualTo(settled);
    }

    @Test
    void a_reconciliation_is_stored_beside_the_runs_own_tally() {
        var run = sending(1);
        runs().settle(run.id(), 0, TALLY, NOW);
        assertThat(runs().reconciliation(run.id())).isEmpty();
        var first =
                new Reconciliation(new Tally(Map.of(RowOutcome.DELIVERED, 498L, RowOutcome.INVALID, 2L)), true, NOW);
        runs().storeReconciliation(run.id(), first);
        assertThat(runs().reconciliation(run.id())).contains(first);
        var second = new Reconciliation(
                new Tally(Map.of(RowOutcome.DELIVERED, 497L, RowOutcome.INVALID, 2L)), false, NOW.plusSeconds(60));
        runs().storeReconciliation(run.id(), second);
        assertThat(runs().reconciliation(run.id())).contains(second);
        assertThat(read(run).tally()).isEqualTo(TALLY);
    }

    private ChunkRecord chunk(Run run) {
        return runs().chunk(run.id(), 0).orElseThrow();
    }
}

package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Claim;
import dk.underret.ledger.Closure;
import dk.underret.ledger.Decision;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Mismatch;
import dk.underret.ledger.Origin;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Trigger;
import dk.underret.testing.TransitionTable.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link Ledger}, for the fake and for DynamoDB. */
public abstract class LedgerContract {
    /** The time of the tests' first claims. */
    protected static final Instant NOW = Instant.parse("2026-09-01T08:00:00.123Z");

    private static final NoticeId NOTICE = new NoticeId("komit", "main");
    private static final AtomicInteger RECIPIENTS = new AtomicInteger();

    /** Returns the ledger under test. */
    protected abstract Ledger ledger();

    /** Stores a record without any condition. */
    protected abstract void put(SendRecord record);

    /** Freezes a notice that has no records yet, with this number of partition keys. */
    protected abstract void freeze(NoticeId notice, int spread);

    /** Returns a key that no other test uses. */
    protected static SendKey newKey() {
        return new SendKey(NOTICE, String.format("%064x", RECIPIENTS.incrementAndGet()));
    }

    /** Returns the record of a first claim. */
    protected static SendRecord fresh(SendKey key, String token) {
        return record(key, SendStatus.SENDING, token, 1);
    }

    private static SendRecord record(SendKey key, SendStatus status, String token, int attempt) {
        return SendRecords.of(
                key,
                status,
                attempt,
                token,
                new Origin("0123456789abcdef0123456789abcdef", 17),
                SendRecords.letter(),
                Optional.empty(),
                Optional.empty(),
                Map.of(status, NOW));
    }

    private SendRecord read(SendKey key) {
        return ledger().read(List.of(key)).get(key);
    }

    @Test
    void a_first_claim_is_ours_and_is_stored_unchanged() {
        var fresh = fresh(newKey(), "first");
        assertThat(ledger().claim(fresh, Optional.empty())).isEqualTo(new Claim.Ours());
        assertThat(read(fresh.key())).isEqualTo(fresh);
    }

    @Test
    void a_second_claim_returns_the_first() {
        var first = fresh(newKey(), "first");
        ledger().claim(first, Optional.empty());
        assertThat(ledger().claim(fresh(first.key(), "second"), Optional.empty()))
                .isEqualTo(new Claim.Taken(first));
        assertThat(read(first.key())).isEqualTo(first);
    }

    @Test
    void a_repeated_claim_recognises_its_own_token() {
        var fresh = fresh(newKey(), "first");
        ledger().claim(fresh, Optional.empty());
        assertThat(ledger().claim(fresh, Optional.empty())).isEqualTo(new Claim.Ours());
    }

    @Test
    void a_claim_that_became_stale_before_it_was_repeated_is_not_ours() {
        var fresh = fresh(newKey(), "first");
        ledger().claim(fresh, Optional.empty());
        settle(fresh.key(), "first", Trigger.STALE);
        assertThat(ledger().claim(fresh, Optional.empty())).isInstanceOf(Claim.Taken.class);
    }

    @Test
    public void of_concurrent_claims_exactly_one_wins() throws Exception {
        for (int round = 0; round < 5; round++) {
            var key = newKey();
            var claims = concurrently(16, i -> ledger().claim(fresh(key, "token" + i), Optional.empty()));
            assertThat(claims).filteredOn(Claim.Ours.class::isInstance).hasSize(1);
        }
    }

    @Test
    void of_concurrent_claims_on_a_waiting_record_exactly_one_wins() throws Exception {
        var waiting = record(newKey(), SendStatus.WAITING, "first", 1);
        put(waiting);
        var claims = concurrently(
                16,
                i -> ledger().claim(record(waiting.key(), SendStatus.SENDING, "token" + i, 2), Optional.of(waiting)));
        assertThat(claims).filteredOn(Claim.Ours.class::isInstance).hasSize(1);
        assertThat(read(waiting.key()).newest().number()).isEqualTo(2);
    }

    @Test
    void a_claim_on_a_record_whose_token_has_changed_is_not_ours() {
        var seen = record(newKey(), SendStatus.WAITING, "first", 1);
        var stored = record(seen.key(), SendStatus.WAITING, "second", 2);
        put(stored);
        assertThat(ledger().claim(record(seen.key(), SendStatus.SENDING, "third", 2), Optional.of(seen)))
                .isEqualTo(new Claim.Taken(stored));
    }

    static List<Cell> statuses() {
        return TransitionTable.cells().stream()
                .filter(cell -> cell.trigger() == Trigger.CLAIM && cell.from().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void a_claim_on_a_record_succeeds_only_from_the_statuses_of_the_table(Cell cell) {
        var seen = record(newKey(), cell.from().orElseThrow(), "first", 1);
        put(seen);
        var claim = ledger().claim(record(seen.key(), SendStatus.SENDING, "second", 2), Optional.of(seen));
        assertThat(claim).isEqualTo(cell.to().isPresent() ? new Claim.Ours() : new Claim.Taken(seen));
        assertThat(read(seen.key()).token()).isEqualTo(cell.to().isPresent() ? "second" : "first");
    }

    static List<Cell> settles() {
        var triggers = List.of(Trigger.ACCEPT, Trigger.DEFER, Trigger.REFUSE, Trigger.DOUBT, Trigger.STALE);
        return TransitionTable.cells().stream()
                .filter(cell -> triggers.contains(cell.trigger()) && cell.from().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("settles")
    void a_settle_changes_the_status_as_in_the_table(Cell cell) {
        var from = cell.from().orElseThrow();
        var before = record(newKey(), from, "token", 1);
        put(before);
        assertThat(settle(before.key(), "token", cell.trigger())).isEqualTo(cell.to());
        assertThat(read(before.key()).status()).isEqualTo(cell.to().orElse(from));
        if (cell.to().isEmpty()) assertThat(read(before.key())).isEqualTo(before);
    }

    @Test
    void an_accepted_claim_has_message_id_and_time() {
        var fresh = fresh(newKey(), "token");
        ledger().claim(fresh, Optional.empty());
        ledger().settle(
                        fresh.key(),
                        "token",
                        Trigger.ACCEPT,
                        NOW.plusMillis(200),
                        Optional.of("id-1"),
                        Optional.empty());
        assertThat(read(fresh.key()))
                .isEqualTo(with(
                        fresh,
                        SendStatus.ACCEPTED,
                        Optional.of("id-1"),
                        Optional.empty(),
                        Map.of(SendStatus.SENDING, NOW, SendStatus.ACCEPTED, NOW.plusMillis(200))));
    }

    @Test
    void a_refused_claim_has_ses_code() {
        var fresh = fresh(newKey(), "token");
        ledger().claim(fresh, Optional.empty());
        ledger().settle(fresh.key(), "token", Trigger.REFUSE, NOW, Optional.empty(), Optional.of("MessageRejected"));
        assertThat(read(fresh.key()))
                .isEqualTo(with(
                        fresh,
                        SendStatus.FAILED,
                        Optional.empty(),
                        Optional.of("MessageRejected"),
                        Map.of(SendStatus.SENDING, NOW, SendStatus.FAILED, NOW)));
    }

    @Test
    void a_settle_after_feedback_adds_its_message_id_and_leaves_the_status() {
        var delivered = record(newKey(), SendStatus.DELIVERED, "token", 1);
        put(delivered);
        ledger().settle(delivered.key(), "token", Trigger.ACCEPT, NOW, Optional.of("id-1"), Optional.empty());
        assertThat(read(delivered.key()))
                .isEqualTo(with(
                        delivered,
                        SendStatus.DELIVERED,
                        Optional.of("id-1"),
                        Optional.empty(),
                        Map.of(SendStatus.DELIVERED, NOW, SendStatus.ACCEPTED, NOW)));
    }

    @Test
    void a_settle_of_another_token_changes_nothing() {
        var fresh = fresh(newKey(), "token");
        ledger().claim(fresh, Optional.empty());
        assertThat(settle(fresh.key(), "another", Trigger.ACCEPT)).isEmpty();
        assertThat(read(fresh.key())).isEqualTo(fresh);
    }

    @Test
    void a_settle_without_a_record_creates_none() {
        var key = newKey();
        assertThat(settle(key, "token", Trigger.ACCEPT)).isEmpty();
        assertThat(ledger().read(List.of(key))).isEmpty();
    }

    @Test
    void a_settle_refuses_a_trigger_that_settles_nothing() {
        assertThatThrownBy(() -> settle(newKey(), "token", Trigger.CLOSE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("CLOSE does not settle a claim");
    }

    @Test
    void an_invalid_row_is_recorded_once() {
        var key = newKey();
        var invalid = SendRecords.of(
                key,
                SendStatus.INVALID,
                0,
                "",
                new Origin("0123456789abcdef0123456789abcdef", 3),
                Optional.empty(),
                Optional.empty(),
                Optional.of("BAD_ADDRESS"),
                Map.of(SendStatus.INVALID, NOW));
        ledger().invalid(invalid);
        ledger().invalid(with(
                invalid, SendStatus.INVALID, Optional.empty(), Optional.of("WIDTH"), Map.of(SendStatus.INVALID, NOW)));
        assertThat(read(key)).isEqualTo(invalid);
    }

    private static FeedbackEvent event(Trigger trigger, int second) {
        return new FeedbackEvent(trigger, NOW.plusSeconds(second), "id-1", Optional.empty());
    }

    static List<Cell> events() {
        var triggers = List.of(
                Trigger.SENT_EVENT,
                Trigger.DELIVERY,
                Trigger.BOUNCE,
                Trigger.SOFT_BOUNCE,
                Trigger.SUPPRESSION,
                Trigger.COMPLAINT,
                Trigger.REJECTION);
        return TransitionTable.cells().stream()
                .filter(cell -> triggers.contains(cell.trigger()) && cell.from().isPresent())
                .filter(cell -> cell.to().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_changes_the_status_as_in_the_table(Cell cell) {
        var before = record(newKey(), cell.from().orElseThrow(), "token", 1);
        put(before);
        ledger().feedback(before.key(), "token", event(cell.trigger(), 1));
        assertThat(read(before.key()).status()).isEqualTo(cell.to().orElseThrow());
    }

    @Test
    void a_repeated_event_is_known() {
        var sending = record(newKey(), SendStatus.SENDING, "token", 1);
        put(sending);
        var first = ledger().feedback(sending.key(), "token", event(Trigger.DELIVERY, 1));
        assertThat(first).isEqualTo(new FeedbackResult.Applied(read(sending.key())));
        assertThat(ledger().feedback(sending.key(), "token", event(Trigger.DELIVERY, 1)))
                .isEqualTo(new FeedbackResult.Known(read(sending.key())));
    }

    @Test
    void a_delivery_overrides_a_soft_bounce_and_keeps_its_time() {
        var sending = record(newKey(), SendStatus.SENDING, "token", 1);
        put(sending);
        ledger().feedback(sending.key(), "token", event(Trigger.SOFT_BOUNCE, 2));
        assertThat(read(sending.key()).status()).isEqualTo(SendStatus.BOUNCED);
        ledger().feedback(sending.key(), "token", event(Trigger.DELIVERY, 1));
        assertThat(read(sending.key()).status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(read(sending.key()).newest().at()).containsEntry(AttemptStatus.SOFT_BOUNCED, NOW.plusSeconds(2));
    }

    @Test
    void a_foreign_event_changes_nothing() {
        var sending = record(newKey(), SendStatus.SENDING, "token", 1);
        put(sending);
        ledger().settle(sending.key(), "token", Trigger.ACCEPT, NOW, Optional.of("id-2"), Optional.empty());
        var before = read(sending.key());
        assertThat(ledger().feedback(sending.key(), "token", event(Trigger.DELIVERY, 1)))
                .isEqualTo(new FeedbackResult.Foreign(Mismatch.MESSAGE_ID));
        assertThat(ledger().feedback(sending.key(), "forged", event(Trigger.DELIVERY, 1)))
                .isEqualTo(new FeedbackResult.Foreign(Mismatch.NO_ATTEMPT));
        var absent = newKey();
        assertThat(ledger().feedback(absent, "token", event(Trigger.DELIVERY, 1)))
                .isEqualTo(new FeedbackResult.Foreign(Mismatch.NO_RECORD));
        assertThat(read(sending.key())).isEqualTo(before);
        assertThat(ledger().read(List.of(absent))).isEmpty();
    }

    @Test
    void concurrent_events_are_all_applied() throws Exception {
        var sending = record(newKey(), SendStatus.SENDING, "token", 1);
        put(sending);
        var triggers = List.of(Trigger.SENT_EVENT, Trigger.DELIVERY, Trigger.SOFT_BOUNCE, Trigger.COMPLAINT);
        concurrently(4, i -> ledger().feedback(sending.key(), "token", event(triggers.get(i), 1)));
        assertThat(read(sending.key()).status()).isEqualTo(SendStatus.COMPLAINED);
        assertThat(read(sending.key()).newest().at())
                .containsOnlyKeys(
                        AttemptStatus.SENDING,
                        AttemptStatus.ACCEPTED,
                        AttemptStatus.SOFT_BOUNCED,
                        AttemptStatus.DELIVERED,
                        AttemptStatus.COMPLAINED);
    }

    private static final Decision DECISION =
            new Decision("f".repeat(32), "AWS:AIDAEXAMPLE:birte", "", Optional.empty());

    private static SendRecord resent(SendRecord seen, String token) {
        return seen.resent(token, DECISION, SendRecords.letter().orElseThrow(), NOW.plusSeconds(60));
    }

    static List<Cell> resends() {
        return TransitionTable.cells().stream()
                .filter(cell -> cell.trigger() == Trigger.RESEND && cell.from().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("resends")
    void a_resend_succeeds_only_from_the_statuses_of_the_table(Cell cell) {
        var seen = record(newKey(), cell.from().orElseThrow(), "first", 1);
        put(seen);
        var fresh = resent(seen, "second");
        assertThat(ledger().resend(fresh, seen))
                .isEqualTo(cell.to().isPresent() ? new Claim.Ours() : new Claim.Taken(seen));
        assertThat(read(seen.key())).isEqualTo(cell.to().isPresent() ? fresh : seen);
    }

    @Test
    public void of_concurrent_resends_exactly_one_wins() throws Exception {
        var seen = record(newKey(), SendStatus.HELD, "first", 1);
        put(seen);
        var claims = concurrently(16, i -> ledger().resend(resent(seen, "token" + i), seen));
        assertThat(claims).filteredOn(Claim.Ours.class::isInstance).hasSize(1);
        assertThat(read(seen.key()).earlier()).containsExactly(seen.newest().superseded());
    }

    @Test
    void a_resend_of_a_record_that_has_changed_is_not_ours() {
        var seen = record(newKey(), SendStatus.HELD, "first", 1);
        put(seen);
        ledger().feedback(seen.key(), "first", event(Trigger.DELIVERY, 1));
        assertThat(ledger().resend(resent(seen, "second"), seen)).isEqualTo(new Claim.Taken(read(seen.key())));
        assertThat(read(seen.key()).token()).isEqualTo("first");
    }

    @Test
    void a_repeated_resend_recognises_its_own_token() {
        var seen = record(newKey(), SendStatus.HELD, "first", 1);
        put(seen);
        ledger().resend(resent(seen, "second"), seen);
        assertThat(ledger().resend(resent(seen, "second"), seen)).isEqualTo(new Claim.Ours());
    }

    @Test
    void an_event_of_an_attempt_before_a_resend_changes_that_attempt() {
        var seen = record(newKey(), SendStatus.HELD, "first", 1);
        put(seen);
        ledger().resend(resent(seen, "second"), seen);
        ledger().feedback(
                        seen.key(),
                        "second",
                        new FeedbackEvent(Trigger.BOUNCE, NOW, "id-2", Optional.of("Permanent.General")));
        assertThat(read(seen.key()).status()).isEqualTo(SendStatus.BOUNCED);
        ledger().feedback(seen.key(), "first", event(Trigger.DELIVERY, 1));
        assertThat(read(seen.key()).status()).isEqualTo(SendStatus.DELIVERED);
        assertThat(read(seen.key()).newest().status()).isEqualTo(AttemptStatus.BOUNCED);
        assertThat(read(seen.key()).earlier().getFirst().status()).isEqualTo(AttemptStatus.DELIVERED);
    }

    static List<Cell> ends() {
        return TransitionTable.cells().stream()
                .filter(cell -> cell.trigger() == Trigger.CLOSE || cell.trigger() == Trigger.POST)
                .filter(cell -> cell.from().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void an_end_succeeds_only_from_the_statuses_of_the_table(Cell cell) {
        var seen = record(newKey(), cell.from().orElseThrow(), "token", 1);
        put(seen);
        var decision = new Decision("f".repeat(32), "AWS:AIDAEXAMPLE:birte", "deceased", Optional.of("a".repeat(64)));
        var after = ledger().end(seen, cell.trigger(), decision, NOW.plusSeconds(5));
        assertThat(read(seen.key())).isEqualTo(after);
        assertThat(after.status()).isEqualTo(cell.to().orElse(cell.from().orElseThrow()));
        if (cell.to().isPresent())
            assertThat(after.closed()).contains(new Closure(after.status(), NOW.plusSeconds(5), decision));
        else assertThat(after).isEqualTo(seen);
    }

    @Test
    void an_end_of_a_record_whose_attempt_has_changed_changes_nothing() {
        var seen = record(newKey(), SendStatus.HELD, "first", 1);
        var stored = record(seen.key(), SendStatus.HELD, "second", 2);
        put(stored);
        assertThat(ledger().end(seen, Trigger.CLOSE, DECISION, NOW)).isEqualTo(stored);
        assertThat(read(seen.key())).isEqualTo(stored);
    }

    @Test
    void reads_any_number_of_records_and_omits_missing_ones() {
        var keys = IntStream.range(0, 230).mapToObj(i -> newKey()).toList();
        for (var key : keys) if (!key.equals(keys.getLast())) put(fresh(key, "token"));
        var twice = new ArrayList<>(keys);
        twice.addAll(keys);
        assertThat(ledger().read(twice)).hasSize(229).containsOnlyKeys(keys.subList(0, 229));
        assertThat(ledger().read(List.of())).isEmpty();
    }

    private Optional<SendStatus> settle(SendKey key, String token, Trigger trigger) {
        return ledger().settle(key, token, trigger, NOW.plusSeconds(1), Optional.empty(), Optional.empty());
    }

    private static SendRecord with(
            SendRecord r,
            SendStatus status,
            Optional<String> messageId,
            Optional<String> code,
            Map<SendStatus, Instant> at) {
        return SendRecords.of(
                r.key(),
                status,
                r.newest().number(),
                r.token(),
                r.origin(),
                r.newest().letter(),
                messageId,
                code,
                at);
    }

    /** Runs work in {@code threads} threads that start at the same time. Returns their results. */
    static <T> List<T> concurrently(int threads, ThreadWork<T> work) throws Exception {
        var start = new CyclicBarrier(threads);
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var tasks = IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(i -> () -> {
                        start.await();
                        return work.of(i);
                    })
                    .toList();
            var results = new ArrayList<T>();
            for (var result : pool.invokeAll(tasks)) results.add(result.get());
            return results;
        }
    }

    /** The work of one of several threads. */
    interface ThreadWork<T> {
        T of(int thread);
    }

    private static final AtomicInteger NOTICES = new AtomicInteger();

    private NoticeId newNotice() {
        return newNotice(1);
    }

    private NoticeId newNotice(int spread) {
        var notice = new NoticeId("komit", "n" + NOTICES.incrementAndGet());
        freeze(notice, spread);
        return notice;
    }

    private SendRecord put(NoticeId notice, SendStatus status, String run, Instant since) {
        var recipient =
                "%x".formatted(RECIPIENTS.incrementAndGet() % 16) + "%063x".formatted(RECIPIENTS.incrementAndGet());
        var record = SendRecords.of(new SendKey(notice, recipient), status, "token", new Origin(run, 17), since);
        put(record);
        return record;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void finds_a_record_by_notice_and_recipient_for_any_number_of_partition_keys(int spread) {
        var notice = newNotice(spread);
        for (var digit : List.of("0", "9", "f")) {
            var first = fresh(new SendKey(notice, digit + "a".repeat(63)), "first");
            assertThat(ledger().claim(first, Optional.empty())).isEqualTo(new Claim.Ours());
            assertThat(ledger().claim(fresh(first.key(), "second"), Optional.empty()))
                    .isEqualTo(new Claim.Taken(first));
            assertThat(settle(first.key(), "first", Trigger.ACCEPT)).contains(SendStatus.ACCEPTED);
            ledger().feedback(first.key(), "first", event(Trigger.DELIVERY, 1));
            assertThat(read(first.key()).status()).isEqualTo(SendStatus.DELIVERED);
        }
        assertThat(ledger().tally(notice, fresh(newKey(), "").origin().run()))
                .isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 3L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void counts_the_records_of_a_run_by_status(int spread) {
        var notice = newNotice(spread);
        for (int i = 0; i < 20; i++) put(notice, SendStatus.DELIVERED, "run-a", NOW);
        put(notice, SendStatus.HELD, "run-a", NOW);
        put(notice, SendStatus.ACCEPTED, "run-b", NOW);
        put(newNotice(spread), SendStatus.ACCEPTED, "run-a", NOW);

        assertThat(ledger().tally(notice, "run-a"))
                .isEqualTo(new Tally(Map.of(RowOutcome.DELIVERED, 20L, RowOutcome.HELD, 1L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void finds_the_problems_of_one_status_before_a_time(int spread) {
        var notice = newNotice(spread);
        var old = put(notice, SendStatus.UNKNOWN, "run-a", NOW.minusSeconds(2));
        var older = put(notice, SendStatus.UNKNOWN, "run-a", NOW.minusSeconds(3));
        put(notice, SendStatus.UNKNOWN, "run-a", NOW);
        put(notice, SendStatus.HELD, "run-a", NOW.minusSeconds(3));
        put(notice, SendStatus.ACCEPTED, "run-a", NOW.minusSeconds(3));

        assertThat(ledger().problems(notice, SendStatus.UNKNOWN, NOW, 100)).containsExactlyInAnyOrder(older, old);
    }

    @ParameterizedTest
    @EnumSource(
            value = SendStatus.class,
            names = {"UNKNOWN", "HELD", "FAILED", "BOUNCED", "SUPPRESSED", "COMPLAINED", "REJECTED", "INVALID"})
    void a_record_of_an_unreached_recipient_is_a_problem(SendStatus status) {
        var notice = newNotice();
        var record = put(notice, status, "run-a", NOW.minusSeconds(1));

        assertThat(ledger().problems(notice, status, NOW, 100)).containsExactly(record);
    }

    @Test
    void lists_the_oldest_problems_first_up_to_the_limit() {
        var notice = newNotice();
        var second = put(notice, SendStatus.BOUNCED, "run-a", NOW.minusSeconds(2));
        var first = put(notice, SendStatus.BOUNCED, "run-a", NOW.minusSeconds(3));
        put(notice, SendStatus.BOUNCED, "run-a", NOW.minusSeconds(1));

        assertThat(ledger().problems(notice, SendStatus.BOUNCED, NOW, 2)).containsExactly(first, second);
    }

    @ParameterizedTest
    @EnumSource(SendStatus.class)
    void only_an_unknown_record_can_be_held(SendStatus status) {
        var notice = newNotice();
        var record = put(notice, status, "run-a", NOW);

        assertThat(ledger().held(record.key(), "another", NOW)).isFalse();
        assertThat(ledger().held(record.key(), "token", NOW.plusSeconds(1))).isEqualTo(status == SendStatus.UNKNOWN);
        assertThat(read(record.key()).status()).isEqualTo(status == SendStatus.UNKNOWN ? SendStatus.HELD : status);
        assertThat(ledger().problems(notice, SendStatus.HELD, NOW.plusSeconds(2), 9)
                        .size())
                .isEqualTo(status == SendStatus.UNKNOWN || status == SendStatus.HELD ? 1 : 0);
    }
}

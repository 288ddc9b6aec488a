package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.OTHER_RUN;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.STALE;
import static dk.underret.dispatch.DispatchFixture.key;
import static dk.underret.dispatch.DispatchFixture.person;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.ledger.Decision;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Origin;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.SendRecords;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A chunk's rows against the records of the ledger. */
class ChunkRowsTest {
    private static final Duration YOUNG = STALE.minusSeconds(1);

    private final DispatchFixture fixture = new DispatchFixture();

    private ChunkRows rows(Ledger ledger, ChunkRow... rows) {
        return new ChunkRows(
                ledger, new Chunk(RUN, 0, List.of(rows)), DispatchFixture.frozen(List.of()), STALE, fixture.time);
    }

    private static ChunkRow.Resend resend(long row) {
        var person = person(row);
        return new ChunkRow.Resend(
                person.recipient(),
                person.person(),
                person.to(),
                person.locale(),
                "token-of-an-earlier-one",
                Optional.empty(),
                decision(RUN));
    }

    private static Decision decision(String run) {
        return new Decision(run, "AWS:BIRTE", "", Optional.empty());
    }

    /** Puts a record that bounced and that a run then sent once more, so long ago. */
    private SendRecord resent(long row, String run, Duration ago) {
        fixture.recorded(row, SendStatus.BOUNCED, RUN, ago);
        var record = fixture.record(row)
                .resent(
                        "new",
                        decision(run),
                        SendRecords.letter().orElseThrow(),
                        fixture.time.now().minus(ago));
        fixture.ledger.put(record);
        return record;
    }

    @Test
    void settle_a_stale_claim_of_their_own_and_say_so() {
        fixture.recorded(2, SendStatus.SENDING, RUN, STALE);

        assertThat(rows(fixture.ledger, person(2), person(3)).from(0).staleSettled())
                .isTrue();
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.UNKNOWN);
    }

    @Test
    void settle_no_claim_that_is_younger_and_no_record_that_is_no_claim() {
        fixture.recorded(2, SendStatus.SENDING, RUN, YOUNG);
        fixture.recorded(3, SendStatus.WAITING, RUN, STALE);

        assertThat(rows(fixture.ledger, person(2), person(3)).from(0).staleSettled())
                .isFalse();
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.SENDING);
    }

    @Test
    void settle_nothing_when_another_sender_claimed_since_they_were_read() {
        fixture.recorded(2, SendStatus.SENDING, RUN, STALE);
        var later = SendRecords.of(key(2), SendStatus.SENDING, "later", new Origin(RUN, 2), FakeTimeSource.START);
        var overtaken = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    var answer = method.invoke(fixture.ledger, arguments);
                    if (method.getName().equals("read")) fixture.ledger.put(later);
                    return answer;
                });

        assertThat(rows(overtaken, person(2)).from(0).staleSettled()).isFalse();
        assertThat(fixture.record(2)).isEqualTo(later);
    }

    @Test
    void settle_a_stale_claim_of_a_resend_that_is_their_runs() {
        resent(2, RUN, STALE);

        assertThat(rows(fixture.ledger, resend(2)).from(0).staleSettled()).isTrue();
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.UNKNOWN);
    }

    @Test
    void settle_no_stale_claim_of_a_resend_of_another_run() {
        resent(2, OTHER_RUN, STALE);

        assertThat(rows(fixture.ledger, resend(2)).from(0).staleSettled()).isFalse();
        assertThat(fixture.record(2).status()).isEqualTo(SendStatus.SENDING);
    }

    @Test
    void know_when_the_last_of_them_was_claimed() {
        fixture.recorded(2, SendStatus.SENDING, RUN, Duration.ofMinutes(3));
        fixture.recorded(3, SendStatus.SENDING, RUN, Duration.ofMinutes(1));
        fixture.recorded(4, SendStatus.ACCEPTED, RUN, Duration.ZERO);

        assertThat(rows(fixture.ledger, person(2), person(3), person(4)).from(0).lastClaim())
                .contains(FakeTimeSource.START.minus(Duration.ofMinutes(1)));
    }

    @Test
    void are_sent_again_when_a_claim_finds_their_own_record_waiting() {
        fixture.recorded(2, SendStatus.WAITING, RUN, YOUNG);
        var found = fixture.record(2);

        assertThat(rows(fixture.ledger, person(2)).jobs(0, found))
                .containsExactly(new RowJob.Send(0, person(2), key(2), Optional.of(found)));
    }

    @Test
    void are_not_sent_when_a_claim_finds_the_record_of_another_run() {
        fixture.recorded(2, SendStatus.WAITING, OTHER_RUN, YOUNG);

        assertThat(rows(fixture.ledger, person(2)).jobs(0, fixture.record(2))).isEmpty();
    }

    @Test
    void wait_for_no_claim_of_another_run() {
        fixture.recorded(2, SendStatus.SENDING, OTHER_RUN, YOUNG);

        assertThat(rows(fixture.ledger, person(2)).progress())
                .isEqualTo(new ChunkProgress(new Tally(Map.of(RowOutcome.DUPLICATE, 1L)), Duration.ZERO));
    }

    @Test
    void wait_for_the_claim_of_a_resend_that_is_their_runs() {
        resent(2, RUN, YOUNG);

        assertThat(rows(fixture.ledger, resend(2)).progress())
                .isEqualTo(new ChunkProgress(new Tally(Map.of(RowOutcome.SENDING, 1L)), Duration.ofSeconds(1)));
    }

    @Test
    void keep_the_outcome_that_another_run_found_while_that_one_sends() {
        resent(2, OTHER_RUN, STALE);

        assertThat(rows(fixture.ledger, person(2)).progress().tally())
                .isEqualTo(new Tally(Map.of(RowOutcome.BOUNCED, 1L)));
    }
}

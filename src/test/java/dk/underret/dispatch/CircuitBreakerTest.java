package dk.underret.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.dispatch.Outcome.Accepted;
import dk.underret.dispatch.Outcome.Deferred;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.dispatch.Outcome.Refused;
import dk.underret.dispatch.Outcome.Refused.Scope;
import dk.underret.dispatch.Outcome.Unknown;
import dk.underret.incident.NoticeId;
import dk.underret.run.StopReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which outcomes in a row stop sending. */
class CircuitBreakerTest {
    private static final NoticeId NOTICE = new NoticeId("break-in", "main");
    private static final Outcome ACCEPTED = new Accepted("id");
    private static final Outcome UNKNOWN = new Unknown("503");
    private static final Outcome REFUSED = new Refused(Scope.RECIPIENT, "MessageRejected");

    private final CircuitBreaker breaker = new CircuitBreaker();

    private Optional<StopReason> after(int times, Outcome outcome) {
        return IntStream.range(0, times)
                .mapToObj(i -> breaker.record(NOTICE, outcome))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Test
    void stops_at_the_fifth_unknown_outcome_and_counts_from_the_start_again() {
        assertThat(after(4, UNKNOWN)).isEmpty();
        assertThat(after(1, UNKNOWN)).contains(StopReason.DOUBT);
        assertThat(after(4, UNKNOWN)).isEmpty();
        assertThat(after(1, UNKNOWN)).contains(StopReason.DOUBT);
    }

    @Test
    void stops_when_the_last_twenty_outcomes_have_five_unknown_ones() {
        assertThat(after(4, UNKNOWN)).isEmpty();
        assertThat(after(15, ACCEPTED)).isEmpty();
        assertThat(after(1, UNKNOWN)).contains(StopReason.DOUBT);
    }

    @Test
    void forgets_an_outcome_after_twenty_others() {
        assertThat(after(4, UNKNOWN)).isEmpty();
        assertThat(after(16, ACCEPTED)).isEmpty();
        assertThat(after(1, UNKNOWN)).isEmpty();
    }

    @Test
    void pauses_at_the_fifth_refusal_by_one_code_and_counts_from_the_start_again() {
        assertThat(after(4, REFUSED)).isEmpty();
        assertThat(after(1, REFUSED)).contains(StopReason.PAUSED);
        assertThat(after(4, REFUSED)).isEmpty();
        assertThat(after(1, REFUSED)).contains(StopReason.PAUSED);
    }

    @Test
    void starts_to_count_again_at_another_code_and_at_a_letter_that_is_accepted() {
        assertThat(after(4, REFUSED)).isEmpty();
        assertThat(after(4, new Refused(Scope.RECIPIENT, "OtherCode"))).isEmpty();
        assertThat(after(1, ACCEPTED)).isEmpty();
        assertThat(after(4, REFUSED)).isEmpty();
    }

    static List<Outcome> outcomes_that_say_nothing_of_a_letter() {
        return List.of(
                UNKNOWN,
                new Deferred(DeferralReason.RATE, "TooManyRequestsException"),
                new Refused(Scope.ACCOUNT, "MessageRejected"));
    }

    @ParameterizedTest
    @MethodSource("outcomes_that_say_nothing_of_a_letter")
    void goes_on_counting_refusals_after_an_outcome_that_says_nothing_of_the_letter(Outcome outcome) {
        assertThat(after(4, REFUSED)).isEmpty();
        assertThat(after(1, outcome)).isEmpty();
        assertThat(after(1, REFUSED)).contains(StopReason.PAUSED);
    }

    @Test
    void counts_the_refusals_of_each_notice_apart() {
        assertThat(after(4, REFUSED)).isEmpty();
        assertThat(breaker.record(new NoticeId("break-in", "other"), REFUSED)).isEmpty();
        assertThat(after(1, REFUSED)).contains(StopReason.PAUSED);
    }
}

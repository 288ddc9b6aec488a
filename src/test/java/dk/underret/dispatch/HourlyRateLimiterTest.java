package dk.underret.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.testing.FakeTimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Turns under {@code max_per_hour}. With two senders and ten letters an hour, each sender has one turn in twelve minutes. */
class HourlyRateLimiterTest {
    private static final int PER_HOUR = 10;
    private static final Duration INTERVAL = Duration.ofMinutes(12);

    private final FakeTimeSource time = new FakeTimeSource();
    private final HourlyRateLimiter limiter = new HourlyRateLimiter(time, 2);

    private long in(Duration length) {
        return time.nanos() + length.toNanos();
    }

    @Test
    void gives_a_new_sender_a_turn_at_once_and_the_next_one_an_interval_later() throws InterruptedException {
        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL))).isEmpty();

        assertThat(limiter.acquire(PER_HOUR, in(Duration.ofHours(1)))).contains(INTERVAL);
        time.pass(INTERVAL);
        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL))).isEmpty();
    }

    @Test
    void waits_for_a_turn_that_is_20_seconds_away() throws InterruptedException {
        limiter.acquire(PER_HOUR, in(INTERVAL));
        time.pass(INTERVAL.minusSeconds(20));

        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL))).isEmpty();
        assertThat(time.now()).isEqualTo(FakeTimeSource.START.plus(INTERVAL));
    }

    @Test
    void does_not_wait_for_a_turn_that_is_farther_away() throws InterruptedException {
        limiter.acquire(PER_HOUR, in(INTERVAL));
        time.pass(INTERVAL.minusSeconds(20).minusNanos(1));

        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL)))
                .contains(Duration.ofSeconds(20).plusNanos(1));
        assertThat(time.now())
                .isEqualTo(FakeTimeSource.START.plus(INTERVAL).minusSeconds(20).minusNanos(1));
    }

    @Test
    void does_not_wait_for_a_turn_at_the_deadline_or_after_it() throws InterruptedException {
        limiter.acquire(PER_HOUR, in(INTERVAL));
        time.pass(INTERVAL.minusSeconds(5));

        assertThat(limiter.acquire(PER_HOUR, in(Duration.ofSeconds(5)))).contains(Duration.ofSeconds(5));
        assertThat(limiter.acquire(PER_HOUR, in(Duration.ofSeconds(5).plusNanos(1))))
                .isEmpty();
    }

    @Test
    void has_no_turn_in_the_past_when_the_deadline_has_gone_by() throws InterruptedException {
        limiter.acquire(PER_HOUR, in(INTERVAL));
        time.pass(INTERVAL.plusMinutes(1));

        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL.negated()))).contains(Duration.ZERO);
    }

    @Test
    void rounds_the_interval_up_so_that_no_hour_has_one_letter_too_many() throws InterruptedException {
        var seventh = new HourlyRateLimiter(time, 1);
        seventh.acquire(7, in(INTERVAL));

        assertThat(seventh.acquire(7, in(INTERVAL))).contains(Duration.ofNanos(514_285_714_286L));
    }

    @Test
    void keeps_the_distance_to_a_letter_that_was_sent_before_it_started() throws InterruptedException {
        limiter.recordSent(time.now().minus(Duration.ofMinutes(4)), PER_HOUR);

        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL))).contains(Duration.ofMinutes(8));
    }

    @Test
    void takes_a_letter_with_a_time_in_the_future_for_one_sent_now() throws InterruptedException {
        limiter.recordSent(time.now().plus(Duration.ofMinutes(4)), PER_HOUR);

        assertThat(limiter.acquire(PER_HOUR, in(INTERVAL.plusSeconds(1)))).contains(INTERVAL);
    }

    @Test
    void brings_no_turn_nearer_for_an_older_letter() throws InterruptedException {
        limiter.acquire(PER_HOUR, in(INTERVAL));

        limiter.recordSent(time.now().minus(Duration.ofMinutes(11)), PER_HOUR);

        assertThat(limiter.acquire(PER_HOUR, in(Duration.ofHours(1)))).contains(INTERVAL);
    }

    @Test
    void lets_other_threads_on_after_each_call() throws Exception {
        limiter.recordSent(time.now().minus(Duration.ofMinutes(4)), PER_HOUR);
        assertThat(takeOnAnotherThread()).isEqualTo(Duration.ofMinutes(8));

        time.pass(Duration.ofMinutes(8));
        limiter.acquire(PER_HOUR, in(INTERVAL));
        assertThat(takeOnAnotherThread()).isEqualTo(INTERVAL);
    }

    private Duration takeOnAnotherThread() throws Exception {
        var length = new CompletableFuture<Duration>();
        Thread.ofVirtual().start(() -> {
            try {
                length.complete(
                        limiter.acquire(PER_HOUR, in(Duration.ofHours(1))).orElse(Duration.ZERO));
            } catch (InterruptedException e) {
                length.completeExceptionally(e);
            }
        });
        return length.get(10, TimeUnit.SECONDS);
    }
}

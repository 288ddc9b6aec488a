package dk.underret.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dk.underret.run.TimeSource;
import dk.underret.testing.FakeTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final FakeTimeSource time = new FakeTimeSource();

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 7, 14, 50, 250})
    void holds_the_rate(double perSecond) throws InterruptedException {
        var permits = acquire(new RateLimiter(time, perSecond), time, (int) (60 * perSecond) + 1);

        assertThat(permits.getLast()).isBetween((long) (59.9 * SECOND), (long) (60.1 * SECOND));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void never_gives_more_permits_than_the_rate_in_any_second(long seed) throws InterruptedException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var perSecond = 1 + random.nextInt(300);
        var jittery = new Jittery(time, random);
        var limiter = new RateLimiter(jittery, perSecond);
        var permits = new ArrayList<Long>();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(50) == 0) time.pass(Duration.ofMillis(random.nextInt(1_500)));
            if (random.nextInt(200) == 0) limiter.slowDown();
            limiter.acquire();
            permits.add(time.nanos());
        }

        assertThat(maxInASecond(permits)).as("at " + perSecond + "/s").isLessThanOrEqualTo(perSecond);
    }

    @Test
    void loses_little_of_the_rate_to_a_clock_that_wakes_late() throws InterruptedException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        var permits = acquire(new RateLimiter(new Jittery(time, random), 250), time, 15_001);

        assertThat(permits.getLast()).isLessThan((long) (60 * SECOND / 0.99));
    }

    @Test
    void halves_on_throttling_once_a_second_and_recovers_a_twentieth_a_second() {
        var limiter = new RateLimiter(time, 100);
        time.pass(Duration.ofMinutes(1));

        limiter.slowDown();
        limiter.slowDown();
        assertThat(limiter.currentRate()).isEqualTo(50);

        time.pass(Duration.ofSeconds(1));
        limiter.slowDown();
        assertThat(limiter.currentRate()).isCloseTo(27.5, offset(1e-9));

        time.pass(Duration.ofSeconds(10));
        assertThat(limiter.currentRate()).isCloseTo(77.5, offset(1e-9));
        time.pass(Duration.ofSeconds(5));
        assertThat(limiter.currentRate()).isEqualTo(100);
    }

    @Test
    void is_never_throttled_to_zero() {
        var limiter = new RateLimiter(time, 32);
        for (int i = 0; i < 100; i++) {
            time.pass(Duration.ofMillis(1_000));
            for (int j = 0; j < 5; j++) limiter.slowDown();
        }
        assertThat(limiter.currentRate()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void lets_other_threads_on_after_it_slowed_down() throws Exception {
        var limiter = new RateLimiter(time, 100);
        limiter.slowDown();

        var permit = new CompletableFuture<Long>();
        Thread.ofVirtual().start(() -> {
            try {
                permit.complete(acquire(limiter, time, 1).getFirst());
            } catch (InterruptedException e) {
                permit.completeExceptionally(e);
            }
        });

        assertThat(permit.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void does_not_accumulate_permits_while_idle() throws InterruptedException {
        var limiter = new RateLimiter(time, 100);
        limiter.acquire();
        time.pass(Duration.ofMinutes(5));

        var permits = acquire(limiter, time, 100);

        assertThat(permits.getLast() - permits.getFirst()).isGreaterThan((long) (0.9 * SECOND));
    }

    private static List<Long> acquire(RateLimiter limiter, FakeTimeSource time, int count) throws InterruptedException {
        var permits = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            limiter.acquire();
            permits.add(time.nanos());
        }
        return permits;
    }

    private static int maxInASecond(List<Long> permits) {
        int max = 0;
        for (int from = 0, to = 0; to < permits.size(); to++) {
            while (permits.get(to) - permits.get(from) >= SECOND) from++;
            max = Math.max(max, to - from + 1);
        }
        return max;
    }

    /** Wakes up to 2 ms late. */
    private record Jittery(FakeTimeSource time, RandomGenerator random) implements TimeSource {
        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public long nanos() {
            return time.nanos();
        }

        @Override
        public void sleep(Duration length) {
            time.sleep(length.plusNanos(random.nextLong(2_000_000)));
        }
    }
}

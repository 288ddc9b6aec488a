package dk.underret.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of seeds, as many at once as there are processors; {@code -Dseed=} replays one, {@code -Dseeds=} says how many. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("seeds", 20_000);

    /** What a library sets up once, it may set up under a lock whose wait looks like the simulation's own. */
    @BeforeAll
    static void one_goes_first() {
        Simulation.run(0, NegativeControl.NONE);
    }

    @Test
    void nobody_is_missed_and_nobody_told_twice_whatever_goes_wrong() {
        var seed = Optional.ofNullable(Long.getLong("seed"));
        seed.ifPresent(
                given -> Simulation.replay(given, NegativeControl.NONE).trace().forEach(System.out::println));
        var seeds = seed.map(LongStream::of).orElseGet(() -> LongStream.range(0, SEEDS));

        assertThat(failures(seeds, NegativeControl.NONE).limit(10).toList()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void a_seed_always_runs_the_same_way(long seed) {
        assertThat(Simulation.run(seed, NegativeControl.NONE).hash())
                .isEqualTo(Simulation.run(seed, NegativeControl.NONE).hash());
    }

    /** The safeguard that is taken away, and what nothing else may make the oracle say. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CLAIM_WITHOUT_CONDITION, was told",
        "CLAIM_WITHOUT_ALL_OLD, 'is HELD, which only []'",
        "POST_REPEATED, was told",
        "SETTLED_BEFORE_SENT, is ACCEPTED and was not told",
        "NO_SWEEP, was missed",
        "FEEDBACK_WITHOUT_CONDITION, reported",
    })
    void a_safeguard_that_is_taken_away_is_missed_within_2000_seeds(NegativeControl sabotage, String outcry) {
        assertThat(failures(LongStream.range(0, 2_000), sabotage)
                        .filter(failure -> failure.contains(outcry))
                        .findAny())
                .as("a control that stays green is a defect of the simulation")
                .isPresent();
    }

    private static Stream<String> failures(LongStream seeds, NegativeControl sabotage) {
        return seeds.parallel()
                .mapToObj(seed -> Simulation.run(seed, sabotage))
                .filter(verdict -> !verdict.well())
                .map(verdict -> "-Dseed=" + verdict.seed() + " " + verdict.wrong());
    }
}

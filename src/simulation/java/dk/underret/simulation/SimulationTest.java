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

/** Runs many seeds, in parallel on all processors. {@code -Dseed=} replays one seed; {@code -Dseeds=} sets their number. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("seeds", 20_000);

    /** Initializes the libraries. They may hold locks meanwhile, and a simulation would take the wait for its own. */
    @BeforeAll
    static void initialize_libraries() {
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

    /** A disabled safeguard, and a part of the error that the oracle must report. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "CLAIM_WITHOUT_CONDITION, letters after",
        "CLAIM_WITHOUT_ALL_OLD, 'is HELD, which the faults [] don''t explain'",
        "POST_REPEATED, letters after",
        "SETTLED_BEFORE_SENT, is ACCEPTED and got no letter",
        "NO_SWEEP, has no send record",
        "FEEDBACK_WITHOUT_CONDITION, SES reported",
    })
    void a_disabled_safeguard_causes_its_error_within_2000_seeds(NegativeControl control, String error) {
        assertThat(failures(LongStream.range(0, 2_000), control)
                        .filter(failure -> failure.contains(error))
                        .findAny())
                .as("an error of the oracle; without one, the simulation doesn't test this safeguard")
                .isPresent();
    }

    private static Stream<String> failures(LongStream seeds, NegativeControl control) {
        return seeds.parallel()
                .mapToObj(seed -> Simulation.run(seed, control))
                .filter(result -> !result.passed())
                .map(result -> "-Dseed=" + result.seed() + " " + result.errors());
    }
}

package dk.underret.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Thousands of seeds; {@code -Dseed=} replays one, {@code -Dseeds=} says how many. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("seeds", 20_000);

    @Test
    void nobody_is_missed_and_nobody_told_twice_whatever_goes_wrong() {
        var seed = Optional.ofNullable(Long.getLong("seed"));
        seed.ifPresent(given -> Simulation.replay(given, Sabotage.NONE).trace().forEach(System.out::println));
        var seeds = seed.map(LongStream::of).orElseGet(() -> LongStream.range(0, SEEDS));

        var failed = seeds.parallel()
                .mapToObj(one -> Simulation.run(one, Sabotage.NONE))
                .filter(verdict -> !verdict.well())
                .limit(10)
                .map(verdict -> "-Dseed=" + verdict.seed() + " " + verdict.wrong())
                .toList();

        assertThat(failed).isEqualTo(List.of());
    }

    @Test
    void a_seed_always_runs_the_same_way() {
        for (long seed = 0; seed < 20; seed++)
            assertThat(Simulation.run(seed, Sabotage.NONE).hash())
                    .as("seed %d", seed)
                    .isEqualTo(Simulation.run(seed, Sabotage.NONE).hash());
    }
}

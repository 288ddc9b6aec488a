package dk.underret.simulation;

import java.time.Duration;
import java.util.List;

/** One seed from the first upload until nothing moves any more. */
final class Simulation {
    private static final long MOST_STEPS = 300_000;
    private static final Duration LONGEST_WEATHER = Duration.ofHours(1);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);
    private static final Duration UNTIL_HELD = Duration.ofHours(25);
    private static final Duration LONGEST = Duration.ofDays(2);

    /** Longer than any event comes. */
    private static final Duration UNTIL_CLOSED = Duration.ofDays(15);

    private Simulation() {}

    /**
     * How a seed ended.
     *
     * @param wrong what is wrong; empty if all is well
     * @param steps slices of threads that were run
     * @param hash of everything that happened
     * @param trace the same in words, where they were asked for
     */
    record Verdict(long seed, List<String> wrong, long steps, long hash, List<String> trace) {
        boolean well() {
            return wrong.isEmpty();
        }
    }

    /** Runs a seed. */
    static Verdict run(long seed, NegativeControl sabotage) {
        return run(seed, sabotage, false);
    }

    /** Runs a seed and writes down what happens. */
    static Verdict replay(long seed, NegativeControl sabotage) {
        return run(seed, sabotage, true);
    }

    private static Verdict run(long seed, NegativeControl sabotage, boolean inWords) {
        var world = new SimulatedCloud(seed, sabotage, inWords);
        world.scheduler.start(() -> direct(world));
        List<String> wrong;
        try {
            world.scheduler.run(MOST_STEPS);
            wrong = new Oracle(world).verdict();
        } catch (AssertionError e) {
            wrong = List.of(e.getMessage());
        }
        if (inWords) world.trace.note("the weather had", world.weather.met().toString(), "of", world.weather);
        return new Verdict(seed, wrong, world.scheduler.steps(), world.trace.hash(), world.trace.lines());
    }

    private static void direct(SimulatedCloud world) {
        var weather = world.weather;
        var first = new ExpectedList(weather, 0);
        world.upload(first, Duration.ZERO);
        if (weather.chance(0.3)) world.upload(first, weather.upTo(Duration.ofMinutes(5)));
        if (weather.chance(0.4))
            world.upload(new ExpectedList(weather, weather.below(12)), weather.upTo(Duration.ofMinutes(5)));
        if (weather.chance(0.3)) decide(world, weather.upTo(LONGEST_WEATHER));
        if (weather.chance(0.1)) world.changeFacts(weather.upTo(Duration.ofMinutes(5)));
        world.scheduler.start(() -> sweep(world));
        world.scheduler.sleep(weather.upTo(LONGEST_WEATHER));
        weather.clear();
        world.resume();
        rest(world);
        if (weather.chance(0.3)) {
            decide(world, Duration.ZERO);
            rest(world);
        }
        world.scheduler.sleep(UNTIL_CLOSED);
        world.sweep();
    }

    private static void decide(SimulatedCloud world, Duration after) {
        var action = world.weather.one("resend", "resend", "close", "posted");
        world.upload(PersonDecision.some(action, world.weather, world.rosters.values()), after);
    }

    /** Until nothing moves any more, and what nobody knows is a person's to decide. */
    private static void rest(SimulatedCloud world) {
        var until = world.scheduler.nanos() + LONGEST.toNanos();
        while (!atRest(world) && world.scheduler.nanos() < until) {
            world.scheduler.sleep(SWEEP_EVERY);
            world.sweep();
        }
        world.scheduler.sleep(UNTIL_HELD);
        world.sweep();
        world.sweep();
    }

    private static void sweep(SimulatedCloud world) {
        while (!world.weather.isClear()) {
            world.scheduler.sleep(SWEEP_EVERY);
            world.sweep();
        }
    }

    private static boolean atRest(SimulatedCloud world) {
        return world.quiet() && world.settled();
    }
}

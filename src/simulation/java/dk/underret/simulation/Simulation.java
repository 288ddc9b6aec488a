package dk.underret.simulation;

import java.time.Duration;
import java.util.List;

/** Runs one seed, from the first upload until every run is settled and closed. */
final class Simulation {
    private static final long MAX_STEPS = 300_000;
    private static final Duration MAX_FAULT_PERIOD = Duration.ofHours(1);
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(5);
    private static final Duration UNTIL_HELD = Duration.ofHours(25);
    private static final Duration MAX_SETTLING = Duration.ofDays(2);

    /** Longer than the delay of any event. */
    private static final Duration UNTIL_CLOSED = Duration.ofDays(15);

    private Simulation() {}

    /**
     * The result of a seed.
     *
     * @param errors the oracle's errors; empty if the seed passed
     * @param steps the number of thread slices that were run
     * @param hash the hash of the trace
     * @param trace the lines of the trace; empty unless the seed is replayed
     */
    record SeedResult(long seed, List<String> errors, long steps, long hash, List<String> trace) {
        boolean passed() {
            return errors.isEmpty();
        }
    }

    /** Runs a seed. */
    static SeedResult run(long seed, NegativeControl control) {
        return run(seed, control, false);
    }

    /** Runs a seed and records the lines of its trace. */
    static SeedResult replay(long seed, NegativeControl control) {
        return run(seed, control, true);
    }

    private static SeedResult run(long seed, NegativeControl control, boolean verbose) {
        var cloud = new SimulatedCloud(seed, control, verbose);
        cloud.scheduler.start(() -> runScenario(cloud));
        List<String> errors;
        try {
            cloud.scheduler.run(MAX_STEPS);
            errors = new Oracle(cloud).check();
        } catch (AssertionError e) {
            errors = List.of(e.getMessage());
        }
        if (verbose) cloud.trace.note("occurred", cloud.plan.counts().toString(), "of", cloud.plan);
        return new SeedResult(seed, errors, cloud.scheduler.steps(), cloud.trace.hash(), cloud.trace.lines());
    }

    private static void runScenario(SimulatedCloud cloud) {
        var plan = cloud.plan;
        var first = new ExpectedList(plan, 0);
        cloud.upload(first, Duration.ZERO);
        if (plan.chance(0.3)) cloud.upload(first, plan.durationUpTo(Duration.ofMinutes(5)));
        if (plan.chance(0.4))
            cloud.upload(new ExpectedList(plan, plan.nextInt(12)), plan.durationUpTo(Duration.ofMinutes(5)));
        if (plan.chance(0.3)) decide(cloud, plan.durationUpTo(MAX_FAULT_PERIOD));
        if (plan.chance(0.1)) cloud.changeFacts(plan.durationUpTo(Duration.ofMinutes(5)));
        cloud.scheduler.start(() -> sweepUntilClear(cloud));
        cloud.scheduler.sleep(plan.durationUpTo(MAX_FAULT_PERIOD));
        plan.clear();
        cloud.resume();
        runUntilSettled(cloud);
        if (plan.chance(0.3)) {
            decide(cloud, Duration.ZERO);
            runUntilSettled(cloud);
        }
        cloud.scheduler.sleep(UNTIL_CLOSED);
        cloud.sweep();
    }

    private static void decide(SimulatedCloud cloud, Duration after) {
        var action = cloud.plan.pick("resend", "resend", "close", "posted");
        cloud.upload(PersonDecision.random(action, cloud.plan, cloud.expectedLists.values()), after);
    }

    /** Sweeps until every run is settled, and until unknown outcomes are held. */
    private static void runUntilSettled(SimulatedCloud cloud) {
        var until = cloud.scheduler.nanos() + MAX_SETTLING.toNanos();
        while (!allSettled(cloud) && cloud.scheduler.nanos() < until) {
            cloud.scheduler.sleep(SWEEP_INTERVAL);
            cloud.sweep();
        }
        cloud.scheduler.sleep(UNTIL_HELD);
        cloud.sweep();
        cloud.sweep();
    }

    private static void sweepUntilClear(SimulatedCloud cloud) {
        while (!cloud.plan.isClear()) {
            cloud.scheduler.sleep(SWEEP_INTERVAL);
            cloud.sweep();
        }
    }

    private static boolean allSettled(SimulatedCloud cloud) {
        return cloud.queuesEmpty() && cloud.runsSettled();
    }
}

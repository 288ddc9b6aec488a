package dk.underret.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Function;

/** A Lambda function: an invocation gets a process that has none, or a new one. */
final class SimulatedFunction<H> {
    private final String name;
    private final SimulatedCloud world;
    private final Function<Instance, H> cold;
    private final ArrayDeque<Warm<H>> idle = new ArrayDeque<>();

    SimulatedFunction(String name, SimulatedCloud world, Function<Instance, H> cold) {
        this.name = name;
        this.world = world;
        this.cold = cold;
    }

    /** Invokes it; whether it returned. Where it threw, its process lives on; where it crashed or ran out of time, not. */
    boolean invoke(Duration timeout, Invocation<H> invocation) {
        Warm<H> warm = null;
        try {
            warm = idle.isEmpty() ? start() : idle.pop();
            warm.instance.invoked(timeout);
            invocation.run(warm.handler);
            idle.push(warm);
            return true;
        } catch (ProcessCrash e) {
            return false;
        } catch (FaultInjector.Unavailable e) {
            world.trace.note(name, "failed", e.getMessage());
        } catch (Exception e) {
            world.unexpected(name, e);
        }
        if (warm != null) idle.push(warm);
        return false;
    }

    private Warm<H> start() {
        var instance = new Instance(name, world.scheduler, world.weather.clockOff());
        return new Warm<>(instance, cold.apply(instance));
    }

    /** What an invocation does. */
    interface Invocation<H> {
        void run(H handler) throws Exception;
    }

    private record Warm<H>(Instance instance, H handler) {}
}

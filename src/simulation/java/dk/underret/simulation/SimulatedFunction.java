package dk.underret.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Function;

/** A Lambda function. An invocation runs in an idle process if there is one, and otherwise in a new one. */
final class SimulatedFunction<H> {
    private final String name;
    private final SimulatedCloud cloud;
    private final Function<Instance, H> factory;
    private final ArrayDeque<Process<H>> idle = new ArrayDeque<>();

    SimulatedFunction(String name, SimulatedCloud cloud, Function<Instance, H> factory) {
        this.name = name;
        this.cloud = cloud;
        this.factory = factory;
    }

    /**
     * Invokes the function and returns whether it succeeded. A process that threw an exception is reused; a process that crashed or
     * timed out is not.
     */
    boolean invoke(Duration timeout, Invocation<H> invocation) {
        Process<H> process = null;
        try {
            process = idle.isEmpty() ? start() : idle.pop();
            process.instance.beginInvocation(timeout);
            invocation.run(process.handler);
            idle.push(process);
            return true;
        } catch (ProcessCrash e) {
            return false;
        } catch (FaultInjector.Unavailable e) {
            cloud.trace.note(name, "failed", e.getMessage());
        } catch (Exception e) {
            cloud.unexpected(name, e);
        }
        if (process != null) idle.push(process);
        return false;
    }

    private Process<H> start() {
        var instance = new Instance(name, cloud.scheduler, cloud.plan.clockSkew());
        return new Process<>(instance, factory.apply(instance));
    }

    /** The call of a handler. */
    interface Invocation<H> {
        void run(H handler) throws Exception;
    }

    private record Process<H>(Instance instance, H handler) {}
}

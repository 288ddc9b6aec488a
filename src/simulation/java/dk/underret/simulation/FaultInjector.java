package dk.underret.simulation;

import dk.underret.ledger.Claim;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.simulation.FaultPlan.Fault;
import dk.underret.testing.FakeLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Injects faults between a process and its peers. Every call of a port passes through {@link #call}. */
final class FaultInjector {
    private static final Duration MAX_FREEZE = Duration.ofMinutes(20);

    private final Scheduler scheduler;
    private final FaultPlan plan;
    private final EventTrace trace;
    private final InjectedFaults injectedFaults;
    private final NegativeControl control;

    FaultInjector(
            Scheduler scheduler,
            FaultPlan plan,
            EventTrace trace,
            InjectedFaults injectedFaults,
            NegativeControl control) {
        this.scheduler = scheduler;
        this.plan = plan;
        this.trace = trace;
        this.injectedFaults = injectedFaults;
        this.control = control;
    }

    /** Returns a port that injects faults into the calls of a process. */
    <P> P port(Instance instance, Class<P> port, P peer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call(
                        instance,
                        port.getSimpleName() + "." + method.getName(),
                        () -> invoke(peer, method, arguments),
                        tracker(instance, method, arguments))));
    }

    /** Lets other threads run, freezes the process if that fault occurs, and throws if the process has ended meanwhile. */
    void pause(Instance instance) {
        scheduler.pause();
        check(instance);
        if (plan.occurs(Fault.FREEZE)) instance.freeze(plan.durationUpTo(MAX_FREEZE));
        instance.awaitThaw();
        check(instance);
    }

    /** Throws if the process has ended. The outcome of its claims in flight is then unknown. */
    void check(Instance instance) {
        if (!instance.ended()) return;
        instance.inFlight().keySet().forEach(key -> injectedFaults.add(InjectedFaults.Cause.UNKNOWN_OUTCOME, key));
        throw new ProcessCrash();
    }

    /** Ends the process. */
    ProcessCrash crash(Instance instance, String where) {
        trace.note(instance, "ends", where);
        instance.end();
        check(instance);
        throw new ProcessCrash();
    }

    private Object call(Instance instance, String name, Call peer, ClaimTracker tracker) throws Throwable {
        pause(instance);
        tracker.beforeCall();
        if (plan.occurs(Fault.SLOW)) wait(instance, Duration.ofSeconds(20));
        if (plan.occurs(Fault.CRASH)) {
            if (plan.chance(0.5)) peer.make();
            throw crash(instance, name);
        }
        if (plan.occurs(Fault.REFUSED)) throw tracker.failed(failure(instance, name, "refused"));
        if (plan.occurs(Fault.ANSWER_LOST)) {
            peer.make();
            throw tracker.failed(failure(instance, name, "answer lost"));
        }
        if (plan.occurs(Fault.HUNG)) {
            if (plan.chance(0.5)) peer.make();
            wait(instance, Duration.ofMinutes(1));
            throw tracker.failed(failure(instance, name, "hung"));
        }
        if (plan.occurs(Fault.REPEATED)) {
            trace.note(instance, name, "repeated");
            peer.make();
            pause(instance);
        }
        var answer = peer.make();
        trace.note(instance, name, tracker, answer);
        tracker.answered(answer);
        if (plan.chance(0.2)) pause(instance);
        return answer;
    }

    private void wait(Instance instance, Duration max) {
        scheduler.sleep(plan.durationUpTo(max));
        check(instance);
    }

    private RuntimeException failure(Instance instance, String name, String how) {
        trace.note(instance, name, how);
        return new Unavailable(name + " " + how);
    }

    private Object invoke(Object peer, Method method, Object[] arguments) throws Throwable {
        try {
            var overridden = peer instanceof FakeLedger ledger ? control.call(ledger, method, arguments) : null;
            return overridden == null ? method.invoke(peer, arguments) : overridden;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private ClaimTracker tracker(Instance instance, Method method, Object[] arguments) {
        if (method.getDeclaringClass() != Ledger.class) return ClaimTracker.NONE;
        if (Set.of("claim", "resend").contains(method.getName()))
            return new TrackedClaim(instance, (SendRecord) arguments[0]);
        if (method.getName().equals("settle") && arguments[2] != Trigger.STALE)
            return new TrackedSettle(instance, (SendKey) arguments[0], (String) arguments[1]);
        return ClaimTracker.NONE;
    }

    /** A call of a peer. */
    interface Call {
        Object make() throws Throwable;
    }

    /** A failed call of a peer. */
    static final class Unavailable extends RuntimeException {
        Unavailable(String message) {
            super(message, null, false, false);
        }
    }

    /** Tracks the effect of a call on the claims in flight. */
    private interface ClaimTracker {
        ClaimTracker NONE = new ClaimTracker() {
            @Override
            public String toString() {
                return "";
            }
        };

        default void beforeCall() {}

        default RuntimeException failed(RuntimeException e) {
            return e;
        }

        default void answered(Object answer) {}
    }

    private record TrackedClaim(Instance instance, SendRecord fresh) implements ClaimTracker {
        @Override
        public void beforeCall() {
            instance.inFlight().put(fresh.key(), fresh.token());
        }

        @Override
        public void answered(Object answer) {
            if (answer instanceof Claim.Taken) instance.inFlight().remove(fresh.key());
        }

        @Override
        public String toString() {
            return fresh.key().recipient().substring(0, 6) + " " + fresh.token().substring(0, 4);
        }
    }

    private final class TrackedSettle implements ClaimTracker {
        private final Instance instance;
        private final SendKey key;
        private final String token;

        TrackedSettle(Instance instance, SendKey key, String token) {
            this.instance = instance;
            this.key = key;
            this.token = token;
        }

        @Override
        public RuntimeException failed(RuntimeException e) {
            if (instance.inFlight().remove(key, token)) injectedFaults.add(InjectedFaults.Cause.UNKNOWN_OUTCOME, key);
            return e;
        }

        @Override
        public void answered(Object answer) {
            instance.inFlight().remove(key, token);
            // Another process marked the claim stale before its sender recorded that the letter wasn't sent. That needs
            // a slow
            // process or skewed clocks.
            if (answer.equals(Optional.of(SendStatus.UNKNOWN)) && plan.delayed())
                injectedFaults.add(InjectedFaults.Cause.UNKNOWN_OUTCOME, key);
        }

        @Override
        public String toString() {
            return key.recipient().substring(0, 6) + " " + token.substring(0, 4);
        }
    }
}

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

/** What lies between a process and its peers: every call of a port goes through {@link #call}. */
final class FaultInjector {
    private static final Duration LONGEST_FREEZE = Duration.ofMinutes(20);

    private final Scheduler scheduler;
    private final FaultPlan weather;
    private final EventTrace trace;
    private final InjectedFaults causes;
    private final NegativeControl sabotage;

    FaultInjector(
            Scheduler scheduler, FaultPlan weather, EventTrace trace, InjectedFaults causes, NegativeControl sabotage) {
        this.scheduler = scheduler;
        this.weather = weather;
        this.trace = trace;
        this.causes = causes;
        this.sabotage = sabotage;
    }

    /** A port as a process sees it. */
    <P> P port(Instance from, Class<P> port, P peer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call(
                        from,
                        port.getSimpleName() + "." + method.getName(),
                        () -> invoke(peer, method, arguments),
                        settling(from, method, arguments))));
    }

    /** A point at which others may go first, and at which the process may have ended meanwhile. */
    void point(Instance from) {
        scheduler.pause();
        check(from);
        if (weather.strikes(Fault.FREEZE)) from.freeze(weather.upTo(LONGEST_FREEZE));
        from.thaw();
        check(from);
    }

    /** Ends the calling thread where its process has ended; what was in flight then is in doubt. */
    void check(Instance from) {
        if (!from.ended()) return;
        from.inFlight().keySet().forEach(key -> causes.add(InjectedFaults.Why.DOUBT, key));
        throw new ProcessCrash();
    }

    /** Ends the process. */
    ProcessCrash crash(Instance from, String where) {
        trace.note(from, "ends", where);
        from.end();
        check(from);
        throw new ProcessCrash();
    }

    private Object call(Instance from, String name, Call peer, Settling settling) throws Throwable {
        point(from);
        settling.begins();
        if (weather.strikes(Fault.SLOW)) wait(from, Duration.ofSeconds(20));
        if (weather.strikes(Fault.CRASH)) {
            if (weather.chance(0.5)) peer.make();
            throw crash(from, name);
        }
        if (weather.strikes(Fault.REFUSED)) throw settling.failed(failure(from, name, "refused"));
        if (weather.strikes(Fault.LOST)) {
            peer.make();
            throw settling.failed(failure(from, name, "answer lost"));
        }
        if (weather.strikes(Fault.HUNG)) {
            if (weather.chance(0.5)) peer.make();
            wait(from, Duration.ofMinutes(1));
            throw settling.failed(failure(from, name, "hung"));
        }
        if (weather.strikes(Fault.REPEATED)) {
            trace.note(from, name, "repeated");
            peer.make();
            point(from);
        }
        var answer = peer.make();
        trace.note(from, name, settling, answer);
        settling.answered(answer);
        if (weather.chance(0.2)) point(from);
        return answer;
    }

    private void wait(Instance from, Duration most) {
        scheduler.sleep(weather.upTo(most));
        check(from);
    }

    private RuntimeException failure(Instance from, String name, String how) {
        trace.note(from, name, how);
        return new Unavailable(name + " " + how);
    }

    private Object invoke(Object peer, Method method, Object[] arguments) throws Throwable {
        try {
            var sabotaged = peer instanceof FakeLedger ledger ? sabotage.call(ledger, method, arguments) : null;
            return sabotaged == null ? method.invoke(peer, arguments) : sabotaged;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Settling settling(Instance from, Method method, Object[] arguments) {
        if (method.getDeclaringClass() != Ledger.class) return Settling.OF_NOTHING;
        if (Set.of("claim", "resend").contains(method.getName())) return new Claiming(from, (SendRecord) arguments[0]);
        if (method.getName().equals("settle") && arguments[2] != Trigger.STALE)
            return new Recording(from, (SendKey) arguments[0], (String) arguments[1]);
        return Settling.OF_NOTHING;
    }

    /** A call of a peer. */
    interface Call {
        Object make() throws Throwable;
    }

    /** A peer that does not answer as it should. */
    static final class Unavailable extends RuntimeException {
        Unavailable(String what) {
            super(what, null, false, false);
        }
    }

    /** What a call means for the claims in flight. */
    private interface Settling {
        Settling OF_NOTHING = new Settling() {
            @Override
            public String toString() {
                return "";
            }
        };

        default void begins() {}

        default RuntimeException failed(RuntimeException e) {
            return e;
        }

        default void answered(Object answer) {}
    }

    private record Claiming(Instance from, SendRecord fresh) implements Settling {
        @Override
        public void begins() {
            from.inFlight().put(fresh.key(), fresh.token());
        }

        @Override
        public void answered(Object answer) {
            if (answer instanceof Claim.Taken) from.inFlight().remove(fresh.key());
        }

        @Override
        public String toString() {
            return fresh.key().recipient().substring(0, 6) + " " + fresh.token().substring(0, 4);
        }
    }

    private final class Recording implements Settling {
        private final Instance from;
        private final SendKey key;
        private final String token;

        Recording(Instance from, SendKey key, String token) {
            this.from = from;
            this.key = key;
            this.token = token;
        }

        @Override
        public RuntimeException failed(RuntimeException e) {
            if (from.inFlight().remove(key, token)) causes.add(InjectedFaults.Why.DOUBT, key);
            return e;
        }

        @Override
        public void answered(Object answer) {
            from.inFlight().remove(key, token);
            // Called stale meanwhile, and known not to be sent: that takes a process that was too slow, or clocks that
            // disagree.
            if (answer.equals(Optional.of(SendStatus.UNKNOWN)) && weather.slowed())
                causes.add(InjectedFaults.Why.DOUBT, key);
        }

        @Override
        public String toString() {
            return key.recipient().substring(0, 6) + " " + token.substring(0, 4);
        }
    }
}

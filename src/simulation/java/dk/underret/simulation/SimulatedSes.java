package dk.underret.simulation;

import dk.underret.dispatch.Mailer;
import dk.underret.dispatch.Outcome;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.Trigger;
import dk.underret.run.Accounts;
import dk.underret.simulation.FaultPlan.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SES: its journal is what really happened, whatever anybody was told. */
final class SimulatedSes {
    private static final Duration QUOTA_PERIOD = Duration.ofMinutes(30);
    private static final Duration NO_ANSWER = Duration.ofSeconds(10);
    private static final int POSTS_OF_A_REPEATING_CLIENT = 4;

    private final SimulatedCloud world;
    private final List<Posted> journal = new ArrayList<>();
    private final double rate;
    private final int quota;
    private long refusesUntil;

    SimulatedSes(SimulatedCloud world) {
        this.world = world;
        this.rate = world.weather.one(4, 14, 200, 1000);
        this.quota = world.weather.one(-1, -1, -1, 3, 8);
    }

    /**
     * A message that SES took.
     *
     * @param attempt the tag of that name
     * @param nanos when
     */
    record Posted(String id, SendKey key, String attempt, String to, String text, long nanos) {}

    List<Posted> journal() {
        return journal;
    }

    /** SES's account as it says itself. */
    Accounts accounts() {
        return new Accounts() {
            @Override
            public Account account() {
                return new Account(rate, quota, spent(), !refuses(), true);
            }

            @Override
            public boolean verified(String address) {
                return true;
            }
        };
    }

    /** SES as a process sees it: throws nothing but the end of the process. */
    Mailer mailer(Instance from, Ledger ledger) {
        return message -> {
            world.wire.point(from);
            if (world.sabotage == NegativeControl.SETTLED_BEFORE_SENT)
                ledger.settle(
                        message.key(),
                        message.attempt(),
                        Trigger.ACCEPT,
                        from.now(),
                        Optional.empty(),
                        Optional.empty());
            var outcome = answer(from, message);
            world.trace.note(from, "POST", message.key().recipient().substring(0, 6), outcome);
            return outcome;
        };
    }

    private Outcome answer(Instance from, Mailer.Message message) {
        var weather = world.weather;
        if (weather.strikes(Fault.CRASH)) {
            if (weather.chance(0.7)) post(message);
            throw world.wire.crash(from, "at SES");
        }
        if (weather.strikes(Fault.ACCOUNT_REFUSED))
            refusesUntil = world.scheduler.nanos()
                    + weather.upTo(Duration.ofMinutes(10)).toNanos();
        if (refuses()) return new Outcome.Refused(Outcome.Refused.Scope.ACCOUNT, "AccountSuspendedException");
        if (quota >= 0 && spent() >= quota) return new Outcome.Deferred(DeferralReason.QUOTA, "Daily");
        if (weather.strikes(Fault.THROTTLED))
            return new Outcome.Deferred(DeferralReason.RATE, "TooManyRequestsException");
        if (weather.strikes(Fault.UNREACHABLE)) {
            takes(from, Duration.ofSeconds(2));
            return new Outcome.Deferred(DeferralReason.NOT_CONNECTED, "ConnectException");
        }
        if (weather.strikes(Fault.RECIPIENT_REFUSED)) {
            world.causes.add(InjectedFaults.Why.REFUSED, message.key());
            return new Outcome.Refused(Outcome.Refused.Scope.RECIPIENT, "MessageRejected");
        }
        if (weather.strikes(Fault.AMBIGUOUS)) return ambiguous(from, message);
        takes(from, weather.upTo(Duration.ofMillis(300)));
        var id = post(message);
        world.wire.point(from);
        return new Outcome.Accepted(id);
    }

    private Outcome ambiguous(Instance from, Mailer.Message message) {
        var posts = world.sabotage == NegativeControl.POST_REPEATED ? POSTS_OF_A_REPEATING_CLIENT : 1;
        for (int i = 0; i < posts; i++) if (world.weather.chance(0.6)) post(message);
        world.causes.add(InjectedFaults.Why.DOUBT, message.key());
        takes(from, world.weather.one(Duration.ofMillis(50), NO_ANSWER));
        return new Outcome.Unknown("timeout");
    }

    private void takes(Instance from, Duration length) {
        world.scheduler.sleep(length);
        world.wire.check(from);
    }

    private String post(Mailer.Message message) {
        var id = "ses-" + journal.size();
        var posted = new Posted(
                id,
                message.key(),
                message.attempt(),
                message.to(),
                message.letter().text(),
                world.scheduler.nanos());
        journal.add(posted);
        world.reports.on(posted);
        return id;
    }

    private boolean refuses() {
        return !world.weather.isClear() && world.scheduler.nanos() < refusesUntil;
    }

    private int spent() {
        var since = world.scheduler.nanos() - QUOTA_PERIOD.toNanos();
        return (int) journal.stream().filter(posted -> posted.nanos() > since).count();
    }
}

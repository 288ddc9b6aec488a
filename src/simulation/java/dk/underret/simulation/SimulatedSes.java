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

/** SES. Its journal holds every message that it accepted, whatever it answered. */
final class SimulatedSes {
    private static final Duration QUOTA_PERIOD = Duration.ofMinutes(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int REPEATED_POSTS = 4;

    private final SimulatedCloud cloud;
    private final List<AcceptedMessage> journal = new ArrayList<>();
    private final double rate;
    private final int quota;
    private long refusingUntil;

    SimulatedSes(SimulatedCloud cloud) {
        this.cloud = cloud;
        this.rate = cloud.plan.pick(4, 14, 200, 1000);
        this.quota = cloud.plan.pick(-1, -1, -1, 3, 8);
    }

    /**
     * A message that SES accepted.
     *
     * @param attempt the {@code attempt} tag
     * @param nanos the simulated time, in nanoseconds since the start
     */
    record AcceptedMessage(String id, SendKey key, String attempt, String to, String text, long nanos) {}

    List<AcceptedMessage> journal() {
        return journal;
    }

    /** Returns SES's own answers about its account. */
    Accounts accounts() {
        return new Accounts() {
            @Override
            public Account account() {
                return new Account(rate, quota, sentInPeriod(), !refusing(), true);
            }

            @Override
            public boolean verified(String address) {
                return true;
            }
        };
    }

    /** Returns the mailer that a process uses. It throws only {@link ProcessCrash}. */
    Mailer mailer(Instance from, Ledger ledger) {
        return message -> {
            cloud.injector.pause(from);
            if (cloud.control == NegativeControl.SETTLED_BEFORE_SENT)
                ledger.settle(
                        message.key(),
                        message.attempt(),
                        Trigger.ACCEPT,
                        from.now(),
                        Optional.empty(),
                        Optional.empty());
            var outcome = answer(from, message);
            cloud.trace.note(from, "POST", message.key().recipient().substring(0, 6), outcome);
            return outcome;
        };
    }

    private Outcome answer(Instance from, Mailer.Message message) {
        var plan = cloud.plan;
        if (plan.occurs(Fault.CRASH)) {
            if (plan.chance(0.7)) post(message);
            throw cloud.injector.crash(from, "at SES");
        }
        if (plan.occurs(Fault.ACCOUNT_REFUSED))
            refusingUntil = cloud.scheduler.nanos()
                    + plan.durationUpTo(Duration.ofMinutes(10)).toNanos();
        if (refusing()) return new Outcome.Refused(Outcome.Refused.Scope.ACCOUNT, "AccountSuspendedException");
        if (quota >= 0 && sentInPeriod() >= quota) return new Outcome.Deferred(DeferralReason.QUOTA, "Daily");
        if (plan.occurs(Fault.THROTTLED)) return new Outcome.Deferred(DeferralReason.RATE, "TooManyRequestsException");
        if (plan.occurs(Fault.UNREACHABLE)) {
            elapse(from, Duration.ofSeconds(2));
            return new Outcome.Deferred(DeferralReason.NOT_CONNECTED, "ConnectException");
        }
        if (plan.occurs(Fault.RECIPIENT_REFUSED)) {
            cloud.injectedFaults.add(InjectedFaults.Cause.RECIPIENT_REFUSED, message.key());
            return new Outcome.Refused(Outcome.Refused.Scope.RECIPIENT, "MessageRejected");
        }
        if (plan.occurs(Fault.AMBIGUOUS)) return ambiguous(from, message);
        elapse(from, plan.durationUpTo(Duration.ofMillis(300)));
        var id = post(message);
        cloud.injector.pause(from);
        return new Outcome.Accepted(id);
    }

    private Outcome ambiguous(Instance from, Mailer.Message message) {
        var posts = cloud.control == NegativeControl.POST_REPEATED ? REPEATED_POSTS : 1;
        for (int i = 0; i < posts; i++) if (cloud.plan.chance(0.6)) post(message);
        cloud.injectedFaults.add(InjectedFaults.Cause.UNKNOWN_OUTCOME, message.key());
        elapse(from, cloud.plan.pick(Duration.ofMillis(50), TIMEOUT));
        return new Outcome.Unknown("timeout");
    }

    private void elapse(Instance from, Duration length) {
        cloud.scheduler.sleep(length);
        cloud.injector.check(from);
    }

    private String post(Mailer.Message message) {
        var id = "ses-" + journal.size();
        var accepted = new AcceptedMessage(
                id,
                message.key(),
                message.attempt(),
                message.to(),
                message.letter().text(),
                cloud.scheduler.nanos());
        journal.add(accepted);
        cloud.reports.report(accepted);
        return id;
    }

    private boolean refusing() {
        return !cloud.plan.isClear() && cloud.scheduler.nanos() < refusingUntil;
    }

    private int sentInPeriod() {
        var since = cloud.scheduler.nanos() - QUOTA_PERIOD.toNanos();
        return (int)
                journal.stream().filter(accepted -> accepted.nanos() > since).count();
    }
}

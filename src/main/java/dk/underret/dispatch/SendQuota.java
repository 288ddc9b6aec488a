package dk.underret.dispatch;

import dk.underret.run.Accounts;
import dk.underret.run.Accounts.Account;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The rate and the 24-hour quota that SES grants the account. Reads them at the start and then once per minute. */
final class SendQuota {
    private static final long REFRESH_INTERVAL = Duration.ofSeconds(60).toNanos();

    private final Accounts accounts;
    private final int senders;
    private final TimeSource time;
    private final ReentrantLock refreshing = new ReentrantLock();
    private final RateLimiter rateLimiter;
    private volatile Account account;
    private volatile long readAt;

    SendQuota(Accounts accounts, int senders, TimeSource time) {
        this.accounts = accounts;
        this.senders = senders;
        this.time = time;
        this.account = accounts.account();
        this.readAt = time.nanos();
        this.rateLimiter = new RateLimiter(time, perSecond());
    }

    /** Returns this sender's share of the rate, in letters per second. */
    double perSecond() {
        return account.maxSendRate() / senders;
    }

    /** Returns the limiter at that share. */
    RateLimiter rateLimiter() {
        return rateLimiter;
    }

    /** Returns why the account may not send now; empty when SES allows it. */
    Optional<StopReason> refusal() {
        refreshIfDue();
        var current = account;
        if (!current.sendingEnabled() || current.maxSendRate() <= 0) return Optional.of(StopReason.ACCOUNT);
        var unlimited = current.max24HourSend() < 0;
        return unlimited || current.sentLast24Hours() < current.max24HourSend()
                ? Optional.empty()
                : Optional.of(StopReason.QUOTA);
    }

    private void refreshIfDue() {
        if (time.nanos() - readAt < REFRESH_INTERVAL || !refreshing.tryLock()) return;
        try {
            account = accounts.account();
            if (account.maxSendRate() > 0) rateLimiter.setRate(perSecond());
            readAt = time.nanos();
        } finally {
            refreshing.unlock();
        }
    }
}

package dk.underret.dispatch;

import dk.underret.run.Accounts;
import dk.underret.run.Accounts.Account;
import dk.underret.run.StopReason;
import dk.underret.run.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What SES's account lets this sender do: read at the start and every minute. */
final class SendQuota {
    private static final long READ_EVERY = Duration.ofSeconds(60).toNanos();

    private final Accounts accounts;
    private final int senders;
    private final TimeSource time;
    private final ReentrantLock reading = new ReentrantLock();
    private final RateLimiter pace;
    private volatile Account account;
    private volatile long readAt;

    SendQuota(Accounts accounts, int senders, TimeSource time) {
        this.accounts = accounts;
        this.senders = senders;
        this.time = time;
        this.account = accounts.account();
        this.readAt = time.nanos();
        this.pace = new RateLimiter(time, perSecond());
    }

    /** This sender's share of the rate, in letters a second. */
    double perSecond() {
        return account.maxSendRate() / senders;
    }

    /** The pace at that share, slowed when SES throttles. */
    RateLimiter pace() {
        return pace;
    }

    /** Why nobody may send now; empty when SES allows it. Reads the figures again when they are a minute old. */
    Optional<StopReason> refusal() {
        readAgain();
        var now = account;
        if (!now.sendingEnabled() || now.maxSendRate() <= 0) return Optional.of(StopReason.ACCOUNT);
        var endless = now.max24HourSend() < 0;
        return endless || now.sentLast24Hours() < now.max24HourSend()
                ? Optional.empty()
                : Optional.of(StopReason.QUOTA);
    }

    private void readAgain() {
        if (time.nanos() - readAt < READ_EVERY || !reading.tryLock()) return;
        try {
            account = accounts.account();
            if (account.maxSendRate() > 0) pace.rate(perSecond());
            readAt = time.nanos();
        } finally {
            reading.unlock();
        }
    }
}

package dk.underret.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.run.Accounts.Account;
import dk.underret.run.StopReason;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeTimeSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SES's figures of the account, and how long a sender relies on them. */
class SendQuotaTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTimeSource time = new FakeTimeSource();
    private final FakeAccounts accounts = new FakeAccounts();

    @ParameterizedTest
    @CsvSource({
        "true, 14, 200, 199, ",
        "true, 14, 200, 200, QUOTA",
        "true, 14, -1, 100000, ",
        "true, 14, 0, 0, QUOTA",
        "true, 0, 200, 0, ACCOUNT",
        "true, -1, 200, 0, ACCOUNT",
        "false, 14, 200, 0, ACCOUNT",
        "false, 14, 200, 200, ACCOUNT"
    })
    void allows_sending_while_the_account_may_and_its_quota_lasts(
            boolean enabled, double rate, double quota, double sent, StopReason reason) {
        accounts.set(new Account(rate, quota, sent, enabled, true));

        var refusal = new SendQuota(accounts, 1, time).refusal();

        assertThat(refusal.orElse(null)).isEqualTo(reason);
    }

    @Test
    void is_one_senders_share_of_the_rate() {
        assertThat(new SendQuota(accounts, 4, time).perSecond()).isEqualTo(3.5);
        assertThat(new SendQuota(accounts, 4, time).rateLimiter().currentRate()).isEqualTo(3.5);
    }

    @Test
    void is_read_again_after_a_minute_and_not_before() {
        var quota = new SendQuota(accounts, 2, time);
        accounts.set(new Account(20, 200, 200, true, true));

        time.pass(MINUTE.minusNanos(1));
        assertThat(quota.refusal()).isEmpty();
        assertThat(quota.perSecond()).isEqualTo(7);

        time.pass(Duration.ofNanos(1));
        assertThat(quota.refusal()).contains(StopReason.QUOTA);
        assertThat(quota.perSecond()).isEqualTo(10);
        assertThat(quota.rateLimiter().currentRate()).isEqualTo(10);
    }

    @Test
    void is_read_once_a_minute() {
        var quota = new SendQuota(accounts, 2, time);
        time.pass(MINUTE);
        assertThat(quota.refusal()).isEmpty();
        accounts.set(new Account(14, 200, 200, true, true));

        time.pass(MINUTE.minusNanos(1));
        assertThat(quota.refusal()).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(quota.refusal()).contains(StopReason.QUOTA);
    }

    @Test
    void keeps_its_pace_while_the_account_has_no_rate() {
        var quota = new SendQuota(accounts, 2, time);
        accounts.set(new Account(0, 200, 0, true, true));
        time.pass(MINUTE);

        assertThat(quota.refusal()).contains(StopReason.ACCOUNT);
        assertThat(quota.rateLimiter().currentRate()).isEqualTo(7);
    }

    @Test
    void is_read_again_by_another_thread_too() throws InterruptedException {
        var quota = new SendQuota(accounts, 2, time);
        time.pass(MINUTE);
        Thread.ofVirtual().start(quota::refusal).join();
        accounts.set(new Account(14, 200, 200, true, true));
        time.pass(MINUTE);

        assertThat(quota.refusal()).contains(StopReason.QUOTA);
    }
}

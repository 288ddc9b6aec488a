package dk.underret.testing;

import dk.underret.run.Accounts;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** An account in memory. By default it is in production, with 14 letters per second and 50,000 per day. */
public final class FakeAccounts implements Accounts {
    /** The account of a new fake. */
    public static final Account USUAL = new Account(14, 50_000, 0, true, true);

    private final Set<String> verified = new ConcurrentSkipListSet<>();
    private volatile Account account = USUAL;

    /** Creates an account with these verified senders. */
    public FakeAccounts(String... verified) {
        this.verified.addAll(Set.of(verified));
    }

    /** Replaces the account. */
    public void set(Account account) {
        this.account = account;
    }

    /** Removes a verified sender. */
    public void forget(String address) {
        verified.remove(address);
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public boolean verified(String address) {
        return verified.contains(address);
    }
}

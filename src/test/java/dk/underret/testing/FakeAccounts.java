package dk.underret.testing;

import dk.underret.run.Accounts;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** An account in production with 14 letters a second and 50,000 a day, unless told otherwise. */
public final class FakeAccounts implements Accounts {
    /** What a new fake answers. */
    public static final Account USUAL = new Account(14, 50_000, 0, true, true);

    private final Set<String> verified = new ConcurrentSkipListSet<>();
    private volatile Account account = USUAL;

    /** With these senders verified. */
    public FakeAccounts(String... verified) {
        this.verified.addAll(Set.of(verified));
    }

    /** Changes the figures. */
    public void set(Account figures) {
        account = figures;
    }

    /** Takes a sender for one that is not verified. */
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

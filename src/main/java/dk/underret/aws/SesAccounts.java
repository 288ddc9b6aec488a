package dk.underret.aws;

import dk.underret.run.Accounts;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/**
 * {@link Accounts} on SES v2: GetAccount and GetEmailIdentity. Nothing that SES says is kept: a sender that was verified a
 * minute ago is verified.
 */
public final class SesAccounts implements Accounts {
    private final SesV2Client ses;

    /** Over a client that may try again: nothing is sent here. */
    public SesAccounts(SesV2Client ses) {
        this.ses = ses;
    }

    @Override
    public Account account() {
        var account = ses.getAccount(request -> {});
        var quota = account.sendQuota();
        return new Account(
                quota.maxSendRate(),
                quota.max24HourSend(),
                quota.sentLast24Hours(),
                account.sendingEnabled(),
                account.productionAccessEnabled());
    }

    /** The address itself, then its domain and the domains above that: a verified domain covers those under it. */
    @Override
    public boolean verified(String address) {
        var bare = bare(address);
        if (identity(bare)) return true;
        for (var domain = after(bare, '@'); domain.indexOf('.') > 0; domain = after(domain, '.'))
            if (identity(domain)) return true;
        return false;
    }

    private boolean identity(String name) {
        if (name.isEmpty()) return false;
        try {
            return ses.getEmailIdentity(request -> request.emailIdentity(name)).verifiedForSendingStatus();
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** The address of {@code Name <address>}. */
    private static String bare(String address) {
        var open = address.lastIndexOf('<');
        var close = address.lastIndexOf('>');
        return (open < 0 || close < open ? address : address.substring(open + 1, close)).strip();
    }

    private static String after(String text, char mark) {
        return text.substring(text.indexOf(mark) + 1);
    }
}

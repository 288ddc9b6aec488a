package dk.underret.aws;

import dk.underret.run.Accounts;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;

/**
 * {@link Accounts} from SES v2: GetAccount and GetEmailIdentity. Caches nothing, so that a newly verified sender counts at once.
 */
public final class SesAccounts implements Accounts {
    private final SesV2Client ses;

    /** Creates accounts that are read with this client; it may retry, because nothing is sent with it. */
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

    /** Checks the address, then its domain and that domain's parents: a verified domain covers its subdomains. */
    @Override
    public boolean verified(String address) {
        var bare = bare(address);
        if (isVerified(bare)) return true;
        for (var domain = after(bare, '@'); domain.indexOf('.') > 0; domain = after(domain, '.'))
            if (isVerified(domain)) return true;
        return false;
    }

    private boolean isVerified(String name) {
        if (name.isEmpty()) return false;
        try {
            return ses.getEmailIdentity(request -> request.emailIdentity(name)).verifiedForSendingStatus();
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Returns the address of {@code Name <address>}. */
    private static String bare(String address) {
        var open = address.lastIndexOf('<');
        var close = address.lastIndexOf('>');
        return (open < 0 || close < open ? address : address.substring(open + 1, close)).strip();
    }

    private static String after(String text, char separator) {
        return text.substring(text.indexOf(separator) + 1);
    }
}

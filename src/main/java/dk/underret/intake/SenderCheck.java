package dk.underret.intake;

import static dk.underret.incident.FindingCode.SANDBOX;
import static dk.underret.incident.FindingCode.SENDER_NOT_VERIFIED;

import dk.underret.incident.Finding;
import dk.underret.incident.Incident;
import dk.underret.run.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks that a notice's sender may send. */
final class SenderCheck {
    private static final String FACTS = "incident.json";
    private static final String FIELD = "sender.from";

    private final Accounts accounts;
    private final Set<String> allowed;

    /**
     * Creates a check.
     *
     * @param allowed the addresses that Dispatch's role may send from, lower case
     */
    SenderCheck(Accounts accounts, Set<String> allowed) {
        this.accounts = accounts;
        this.allowed = allowed;
    }

    /** Returns the problems of the sender. Facts without a sender are reported as incomplete by their own check. */
    List<Finding> findings(Incident incident, Accounts.Account account) {
        var findings = new ArrayList<Finding>();
        incident.from().map(SenderCheck::address).ifPresent(address -> {
            if (!allowed.contains(address))
                findings.add(Finding.at(SENDER_NOT_VERIFIED, FACTS, 0, FIELD, "not_allowed"));
            else if (!accounts.verified(address)) findings.add(Finding.at(SENDER_NOT_VERIFIED, FACTS, 0, FIELD));
        });
        if (!account.productionAccess()) findings.add(Finding.of(SANDBOX, FACTS));
        return findings;
    }

    /** Returns the bare address of {@code Name <address>}, lower case. */
    private static String address(String from) {
        var open = from.lastIndexOf('<');
        var close = from.lastIndexOf('>');
        var bare = open >= 0 && close > open ? from.substring(open + 1, close) : from;
        return bare.strip().toLowerCase(Locale.ROOT);
    }
}

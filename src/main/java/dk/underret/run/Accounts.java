package dk.underret.run;

/** What SES says of the account and of its senders. */
public interface Accounts {
    /** SES's own figures now (GetAccount). */
    Account account();

    /** Whether SES may send from this address: it or its domain is a verified identity (GetEmailIdentity). */
    boolean verified(String address);

    /**
     * SES's figures.
     *
     * @param maxSendRate messages a second
     * @param max24HourSend messages in 24 hours; -1 is without end
     * @param sentLast24Hours messages sent in the last 24 hours
     * @param sendingEnabled whether the account may send now
     * @param productionAccess false in the sandbox: only to verified addresses
     */
    record Account(
            double maxSendRate,
            double max24HourSend,
            double sentLast24Hours,
            boolean sendingEnabled,
            boolean productionAccess) {}
}

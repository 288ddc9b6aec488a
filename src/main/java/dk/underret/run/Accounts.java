package dk.underret.run;

/** SES's figures for the account and its verified senders. */
public interface Accounts {
    /** Reads the account's current figures (GetAccount). */
    Account account();

    /** Whether the address or its domain is a verified identity, so that SES sends from it (GetEmailIdentity). */
    boolean verified(String address);

    /**
     * The account's figures.
     *
     * @param maxSendRate messages per second
     * @param max24HourSend messages in 24 hours; -1 for no limit
     * @param sentLast24Hours messages sent in the last 24 hours
     * @param sendingEnabled whether the account may send now
     * @param productionAccess false in the sandbox, where SES sends only to verified addresses
     */
    record Account(
            double maxSendRate,
            double max24HourSend,
            double sentLast24Hours,
            boolean sendingEnabled,
            boolean productionAccess) {}
}

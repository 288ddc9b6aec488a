package dk.underret.dispatch;

/** What SES did with one send. */
public sealed interface Outcome {
    /**
     * SES took the message.
     *
     * @param messageId SES's id for it
     */
    record Accepted(String messageId) implements Outcome {}

    /**
     * SES refused it.
     *
     * @param scope whom the refusal is about
     * @param code SES's error code, never its text: that can hold an address
     */
    record Refused(Scope scope, String code) implements Outcome {
        /** Whom a refusal is about. */
        public enum Scope {
            /** This recipient or this letter. */
            RECIPIENT,
            /** Everybody: sending paused, identity not verified, configuration set missing, credentials. */
            ACCOUNT
        }
    }

    /**
     * Known not to be sent: it may be tried again.
     *
     * @param reason why
     * @param code SES's error code, or the name of what failed
     */
    record Deferred(Outcome.Deferred.DeferralReason reason, String code) implements Outcome {
        /** Why it was not sent. */
        public enum DeferralReason {
            /** Over SES's rate. */
            RATE,
            /** The 24-hour quota is spent. */
            QUOTA,
            /** No connection was made. */
            NOT_CONNECTED
        }
    }

    /**
     * Sent or not: there is no telling.
     *
     * @param code HTTP status or the name of what failed
     */
    record Unknown(String code) implements Outcome {}
}

package dk.underret.dispatch;

/** The outcome of one POST to SES. */
public sealed interface Outcome {
    /**
     * SES accepted the message.
     *
     * @param messageId SES's id of the message
     */
    record Accepted(String messageId) implements Outcome {}

    /**
     * SES refused the message.
     *
     * @param scope whether the refusal concerns one recipient or the whole account
     * @param code SES's error code; not its text, which may contain an address
     */
    record Refused(Scope scope, String code) implements Outcome {
        /** The scope of a refusal. */
        public enum Scope {
            /** This recipient or this letter. */
            RECIPIENT,
            /** Every recipient: sending paused, identity not verified, configuration set missing, credentials. */
            ACCOUNT
        }
    }

    /**
     * The message was certainly not sent and can be retried.
     *
     * @param code SES's error code, or the name of the connection failure
     */
    record Deferred(Outcome.Deferred.DeferralReason reason, String code) implements Outcome {
        /** Why the message was not sent. */
        public enum DeferralReason {
            /** The request exceeded SES's rate. */
            RATE,
            /** The 24-hour quota is spent. */
            QUOTA,
            /** No connection was made. */
            NOT_CONNECTED
        }
    }

    /**
     * The message may or may not have been sent.
     *
     * @param code the HTTP status, or the name of the failure
     */
    record Unknown(String code) implements Outcome {}
}

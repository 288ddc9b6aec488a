package dk.underret.feedback;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.SendStatus;

/** The result of a message of the feedback queue. In every case the message is finished. */
public sealed interface SesEventResult {
    /**
     * The event changed the send record.
     *
     * @param status the record's status after it
     */
    record Applied(NoticeId notice, SendStatus status) implements SesEventResult {}

    /**
     * The event adds nothing to the send record.
     *
     * @param status the record's status
     */
    record Known(NoticeId notice, SendStatus status) implements SesEventResult {}

    /** The message does not match a letter that was sent from here. Nothing was changed. */
    record SetAside(Code code) implements SesEventResult {
        /** Why a message was set aside. */
        public enum Code {
            /** The message is not an SNS notification in JSON. */
            NO_NOTIFICATION,
            /** The notification does not contain an event of SES. */
            NO_EVENT,
            /** The type of the event is not used here, for example Subscription, or not known. */
            OTHER_TYPE,
            /** The tags that Dispatch adds to every letter are missing or have another format. */
            NO_TAGS,
            /** The event is about a preview mail, which has no send record. */
            TRIAL,
            /** The ledger has no such dispatch. */
            NO_RECORD,
            /** The dispatch has no attempt with that token. */
            NO_ATTEMPT,
            /** The attempt has another message id. */
            OTHER_MESSAGE,
            /** SES refused the attempt, so there is nothing to report on. */
            NOT_SENT
        }
    }
}

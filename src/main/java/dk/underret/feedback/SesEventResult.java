package dk.underret.feedback;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.SendStatus;

/** What became of a message of the feedback topic. In every case it is done with. */
public sealed interface SesEventResult {
    /**
     * It said something new, and the ledger has it.
     *
     * @param status the person's, after it
     */
    record Applied(NoticeId notice, SendStatus status) implements SesEventResult {}

    /**
     * It was heard before, or something came before it that says as much.
     *
     * @param status the person's
     */
    record Known(NoticeId notice, SendStatus status) implements SesEventResult {}

    /** It is none that says anything about a letter of ours; nothing was changed. */
    record SetAside(Code code) implements SesEventResult {
        /** Why. */
        public enum Code {
            /** The message is no JSON, or not what SNS wraps a notification in. */
            NO_NOTIFICATION,
            /** The notification holds no event of SES's. */
            NO_EVENT,
            /** An event of a type that is not used here, Subscription for one, or not known. */
            OTHER_TYPE,
            /** The tags that Dispatch gives every letter are missing, or of another form. */
            NO_TAGS,
            /** It is about a draft's letter to the sender's own staff, of which there is no record. */
            TRIAL,
            /** The ledger has no such dispatch. */
            NO_RECORD,
            /** The dispatch has no attempt of that token. */
            NO_ATTEMPT,
            /** The attempt has another message id. */
            OTHER_MESSAGE,
            /** SES refused the attempt, so nothing can be reported of it. */
            NOT_SENT
        }
    }
}

package dk.underret.intake;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import java.util.List;
import java.util.Optional;

/** What an upload got: every upload gets exactly one. */
public sealed interface IntakeResult {
    /** Nothing to do. */
    record Ignored(IntakeResult.Ignored.IgnoreReason reason) implements IntakeResult {
        /** Why there is nothing to do. */
        public enum IgnoreReason {
            /** The key is a folder marker. */
            FOLDER,
            /** The object, or that version of it, was deleted since. */
            GONE
        }
    }

    /**
     * Facts were read and are sound enough to be stored.
     *
     * @param notice whose they are; empty for the incident's shared ones
     * @param newest whether they were stored; false when newer ones were there before
     * @param findings what a list of this notice would be told today
     */
    record FactsTaken(String incident, Optional<String> notice, boolean newest, List<Finding> findings)
            implements IntakeResult {
        /** Copies the findings. */
        public FactsTaken {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A letter was checked by itself; with which facts and columns it goes is checked when a list comes.
     *
     * @param findings all that is wrong with it
     */
    record LetterChecked(String name, String locale, List<Finding> findings) implements IntakeResult {
        /** Copies the findings. */
        public LetterChecked {
            findings = List.copyOf(findings);
        }
    }

    /** The upload is refused: nothing of it is sent. */
    record Refused(Run run, Findings findings) implements IntakeResult {}

    /** The list was checked in full; its notice is a draft, so nothing is sent, whatever was found. Its preview is at {@link Previews#key}. */
    record Draft(Run run, Findings findings, Forecast forecast) implements IntakeResult {}

    /** The list was checked in full, and every chunk of it is on the queue. */
    record Sending(Run run, Findings findings, Forecast forecast) implements IntakeResult {}

    /**
     * The same upload was delivered before.
     *
     * @param run as it stood then; one that was PLANNED has its chunks on the queue now
     */
    record AlreadyProcessed(Run run) implements IntakeResult {}
}

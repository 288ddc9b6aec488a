package dk.underret.intake;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import java.util.List;
import java.util.Optional;

/** The answer to an upload: every upload gets exactly one. */
public sealed interface IntakeResult {
    /** Nothing to do. */
    record Ignored(IntakeResult.Ignored.IgnoreReason reason) implements IntakeResult {
        /** The reason why there is nothing to do. */
        public enum IgnoreReason {
            /** The key is a folder marker. */
            FOLDER,
            /** The object, or that version of it, has been deleted. */
            GONE
        }
    }

    /**
     * Facts were read and are sound enough to be stored.
     *
     * @param notice the notice that they belong to; empty for the incident's shared facts
     * @param newest whether they were stored; false when the table had newer ones
     * @param findings the findings that a list of this notice would get now
     */
    record FactsTaken(String incident, Optional<String> notice, boolean newest, List<Finding> findings)
            implements IntakeResult {
        /** Copies the findings. */
        public FactsTaken {
            findings = List.copyOf(findings);
        }
    }

    /**
     * A letter was checked by itself. Whether it fits the facts and the columns is checked when a list is uploaded.
     *
     * @param findings everything that is wrong with the letter
     */
    record LetterChecked(String name, String locale, List<Finding> findings) implements IntakeResult {
        /** Copies the findings. */
        public LetterChecked {
            findings = List.copyOf(findings);
        }
    }

    /** The upload is refused and nothing is sent. */
    record Refused(Run run, Findings findings) implements IntakeResult {}

    /** The list was checked in full and nothing is sent, because its notice is a draft. Its preview is at {@link Previews#key}. */
    record Draft(Run run, Findings findings, Forecast forecast) implements IntakeResult {}

    /** The list was checked in full, and every chunk of it is on the queue. */
    record Sending(Run run, Findings findings, Forecast forecast) implements IntakeResult {}

    /**
     * The same upload was delivered before.
     *
     * @param run the run as it was found; the chunks of a PLANNED run are on the queue now
     */
    record AlreadyProcessed(Run run) implements IntakeResult {}
}

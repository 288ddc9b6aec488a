package dk.underret.dispatch;

import dk.underret.dispatch.WorkException.Code;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.letter.LetterSet;
import dk.underret.letter.Letters;
import dk.underret.run.Run;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Frozen notices with their letters, each compiled once per environment. */
final class Notices {
    private final Incidents incidents;
    private final Letters letters;
    private final Map<NoticeId, CompiledNotice> compiled = new ConcurrentHashMap<>();

    Notices(Incidents incidents, Letters letters) {
        this.incidents = incidents;
        this.letters = letters;
    }

    /**
     * Returns the notice of a run.
     *
     * @throws WorkException when it is not frozen under the run's facts, or one of its letters is gone
     */
    CompiledNotice of(NoticeId notice, Run run) {
        var frozen = incidents
                .frozen(notice)
                .filter(found -> found.factsSha256().equals(run.factsSha256()))
                .orElseThrow(() -> new WorkException(Code.NOT_FROZEN, "run " + run.id()));
        return compiled.compute(
                notice, (key, had) -> had != null && had.frozen().equals(frozen) ? had : compiled(frozen, run.id()));
    }

    /**
     * Compiles a notice's letters anew.
     *
     * @param run the run's id, for the exception's message
     * @throws WorkException when one of the letters is gone; the compiler's message names lines and paths of the letter only
     */
    CompiledNotice compiled(FrozenNotice frozen, String run) {
        var facts = Incident.of(frozen);
        try {
            return new CompiledNotice(
                    frozen,
                    facts.from().orElseThrow(() -> new WorkException(Code.LETTER_GONE, "run " + run)),
                    facts.replyTo(),
                    LetterSet.frozen(frozen, letters));
        } catch (FindingsException | IllegalStateException e) {
            throw new WorkException(Code.LETTER_GONE, "run " + run, e);
        }
    }
}

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

/** Caches frozen notices with their compiled letters, for the lifetime of the sender. */
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
     * @throws WorkException when the notice is not frozen with the run's facts, or one of its letters is gone
     */
    CompiledNotice of(NoticeId notice, Run run) {
        var frozen = incidents
                .frozen(notice)
                .filter(found -> found.factsSha256().equals(run.factsSha256()))
                .orElseThrow(() -> new WorkException(Code.NOT_FROZEN, "run " + run.id()));
        return compiled.compute(
                notice,
                (key, cached) -> cached != null && cached.frozen().equals(frozen) ? cached : compile(frozen, run.id()));
    }

    /**
     * Compiles a notice's letters without the cache.
     *
     * @param run the run's id, for the exception's message
     * @throws WorkException when a letter is gone or does not compile; the compiler's message has only lines and paths of the letter
     */
    CompiledNotice compile(FrozenNotice frozen, String run) {
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

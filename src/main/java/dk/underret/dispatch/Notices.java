package dk.underret.dispatch;

import dk.underret.dispatch.NoticeLetters.Prepared;
import dk.underret.dispatch.WorkException.Code;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.Letters;
import dk.underret.recipient.Recipient;
import dk.underret.run.Run;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Frozen notices with their letters, each compiled once per environment. */
final class Notices {
    private final Incidents incidents;
    private final Letters letters;
    private final Compiler compiler;
    private final Map<NoticeId, NoticeLetters> compiled = new ConcurrentHashMap<>();

    Notices(Incidents incidents, Letters letters) {
        this(
                incidents,
                letters,
                (source, facts) -> LetterTemplate.compile(source).prepare(facts)::render);
    }

    Notices(Incidents incidents, Letters letters, Compiler compiler) {
        this.incidents = incidents;
        this.letters = letters;
        this.compiler = compiler;
    }

    /**
     * The notice that a run is of.
     *
     * @throws WorkException when it is not frozen under the run's facts, or a letter of it can't be had
     */
    NoticeLetters of(NoticeId notice, Run run) {
        var frozen = incidents
                .frozen(notice)
                .filter(found -> found.factsSha256().equals(run.factsSha256()))
                .orElseThrow(() -> new WorkException(Code.NOT_FROZEN, "run " + run.id()));
        return compiled.compute(
                notice, (key, had) -> had != null && had.frozen().equals(frozen) ? had : compiled(frozen, run.id()));
    }

    /**
     * A notice with its letters compiled anew.
     *
     * @param run whose, for the message of what is thrown
     * @throws WorkException when a letter of it can't be had
     */
    NoticeLetters compiled(FrozenNotice frozen, String run) {
        var prepared = frozen.letters().stream()
                .map(letter -> new Prepared(letter, compile(letter, frozen, run)))
                .toList();
        var facts = Incident.of(frozen);
        return new NoticeLetters(
                frozen,
                facts.from().orElseThrow(() -> new WorkException(Code.LETTER_GONE, "run " + run)),
                facts.replyTo(),
                facts.language(),
                facts.localeFallback(),
                prepared);
    }

    /** What the compiler says of a letter names its lines and paths; what it was made of is not chained. */
    private Function<Recipient, Letter> compile(FrozenLetter letter, FrozenNotice frozen, String run) {
        try {
            return compiler.compile(letters.frozen(letter), frozen.facts());
        } catch (FindingsException | IllegalStateException e) {
            throw new WorkException(Code.LETTER_GONE, "run " + run, e);
        }
    }

    /** Makes a letter out of its source and the facts. */
    interface Compiler {
        /** The letter as a function of the person. */
        Function<Recipient, Letter> compile(LetterSource source, Map<String, Object> facts) throws FindingsException;
    }
}

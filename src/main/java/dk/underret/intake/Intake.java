package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_KEY;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.intake.Answer.Nothing.Reason;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Runs;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.Letters;
import dk.underret.recipient.Keys;
import dk.underret.recipient.Lists;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Answers every upload. A list goes this way, each step only after the one before it:
 *
 * <pre>
 * facts taken in → letters weighed → list read to its end, chunks written as they fill
 *   → draft: preview, problems.csv, run DRAFT, whatever was found
 *   → refused: problems.csv, run REFUSED
 *   → notice frozen → chunk records → problems.csv → run PLANNED → chunks enqueued → run SENDING
 * </pre>
 *
 * <p>A run that is recorded is never planned again: a second delivery finds it, and puts the chunks of a PLANNED one on the
 * queue. One that ended before that is planned anew, with the same chunks. A row enqueued twice is harmless: its claim is one.
 *
 * <p>What is the uploader's to mend is an {@link Answer}; what is thrown is worth a retry.
 */
public final class Intake {
    /**
     * What Intake works with.
     *
     * @param ledger tells who was told by an earlier notice
     * @param clock tells the time of runs and freezing, and when the last letter will be gone
     */
    public record Peers(
            Lists lists,
            Letters letters,
            Keys keys,
            Incidents incidents,
            Runs runs,
            Ledger ledger,
            Chunks chunks,
            Work work,
            Evidence evidence,
            Previews previews,
            Trials trials,
            Accounts accounts,
            Clock clock) {}

    /**
     * What a deployment sets.
     *
     * @param maxBytes a longer list is refused
     * @param maxRows a list with more people is refused
     * @param senders the addresses that Dispatch may send from, lower case
     * @param language of findings where no facts can be read
     * @param chunkRows rows of a chunk, 1 to {@link Chunk#ROWS}
     * @param fourEyes whether who approved a notice and who uploads its list must be two: two principal ids of S3's. It tells IAM
     *     users and the sessions of IAM Identity Center apart; whoever names the sessions of a role at will is as many as they like
     */
    public record Limits(
            long maxBytes, long maxRows, Set<String> senders, Locale language, int chunkRows, boolean fourEyes) {
        /** Copies the addresses. */
        public Limits {
            senders = Set.copyOf(senders);
        }

        /** With chunks of {@link Chunk#ROWS} rows, and nobody asked who approved. */
        public Limits(long maxBytes, long maxRows, Set<String> senders, Locale language) {
            this(maxBytes, maxRows, senders, language, Chunk.ROWS, false);
        }
    }

    private final Peers peers;
    private final Limits limits;
    private final FactsIntake facts;
    private final ListIntake lists;
    private final DecisionIntake decisions;
    private final Refusals refusals;

    /** Builds it. */
    public Intake(Peers peers, Limits limits) {
        this.peers = peers;
        this.limits = limits;
        this.facts = new FactsIntake(peers.lists(), peers.incidents(), peers.clock());
        this.refusals = new Refusals(peers);
        this.lists = new ListIntake(peers, limits, facts, refusals);
        this.decisions = new DecisionIntake(peers, limits, facts, refusals);
    }

    /**
     * Answers one upload.
     *
     * @throws IOException when the upload can't be read now; as with any other exception of a peer, the event is worth a retry
     */
    public Answer take(Arrival arrival) throws IOException {
        return switch (UploadKey.of(arrival.key())) {
            case UploadKey.Folder folder -> new Answer.Nothing(Reason.FOLDER);
            case UploadKey.IncidentFacts of -> facts(arrival, of.incident(), Optional.empty());
            case UploadKey.NoticeFacts of ->
                facts(arrival, of.notice().incident(), Optional.of(of.notice().notice()));
            case UploadKey.LetterFile file -> letter(arrival, file.name(), file.locale());
            case UploadKey.People people -> lists.take(arrival, people);
            case UploadKey.Decision decision -> decisions.take(arrival, decision);
            case UploadKey.Bad bad ->
                refused(arrival, bad.incident(), "", Finding.of(BAD_KEY, UploadKey.file(arrival.key())));
        };
    }

    private Answer facts(Arrival arrival, String incident, Optional<String> notice) throws IOException {
        try {
            return facts.store(arrival, incident, notice);
        } catch (FindingsException e) {
            return refused(arrival, incident, notice.orElse(NoticeId.MAIN), e.findings());
        }
    }

    private Answer letter(Arrival arrival, String name, String locale) throws IOException {
        var opened = peers.lists().open(arrival.bucket(), arrival.key(), Optional.of(arrival.version()));
        if (opened.isEmpty()) return new Answer.Nothing(Reason.GONE);
        try (var upload = opened.get()) {
            return checked(LetterSource.read(name, locale, upload.version(), upload.body()));
        }
    }

    private Answer checked(LetterSource source) {
        var findings = List.<Finding>of();
        try {
            LetterTemplate.compile(source);
        } catch (FindingsException e) {
            findings = e.findings();
        }
        var check = LetterCheck.text(source, findings, limits.language());
        peers.previews().check(source.name(), source.locale(), check);
        return new Answer.LetterChecked(source.name(), source.locale(), findings);
    }

    private Answer refused(Arrival arrival, String incident, String notice, Finding finding) {
        return refused(arrival, incident, notice, List.of(finding));
    }

    private Answer refused(Arrival arrival, String incident, String notice, List<Finding> found) {
        var known = peers.runs().run(arrival.run());
        if (known.isPresent()) return new Answer.Again(known.get());
        var findings = new Findings();
        findings.addAll(found);
        return refusals.refuse(new Refusals.Upload(arrival, incident, notice, "", 0), findings, limits.language());
    }
}

package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_FACTS;
import static dk.underret.incident.FindingCode.BAD_LETTER;
import static dk.underret.incident.FindingCode.CLOSED;
import static dk.underret.incident.FindingCode.COUNT_DIFFERS;
import static dk.underret.incident.FindingCode.FROZEN;
import static dk.underret.incident.FindingCode.IDENTITY_CHANGED;
import static dk.underret.incident.FindingCode.MISSING_COLUMN;
import static dk.underret.incident.FindingCode.TOO_SLOW;
import static dk.underret.incident.FindingCode.UNKNOWN_INCIDENT;

import dk.underret.incident.FactsCheck;
import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import dk.underret.letter.LetterSet;
import dk.underret.recipient.ListRules;
import dk.underret.recipient.Lists.UploadedFile;
import dk.underret.recipient.RecipientList;
import dk.underret.recipient.Row;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Forecast;
import dk.underret.run.RunStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** A recipient list on its way to a planned run. */
final class ListIntake {
    private final IntakePorts ports;
    private final IntakeLimits limits;
    private final FactsIntake facts;
    private final RunRecorder refusals;
    private final RunPlanner planned;

    ListIntake(IntakePorts ports, IntakeLimits limits, FactsIntake facts, RunRecorder refusals) {
        this.ports = ports;
        this.limits = limits;
        this.facts = facts;
        this.refusals = refusals;
        this.planned = new RunPlanner(ports);
    }

    IntakeResult take(Upload arrival, UploadKey.People people) throws IOException {
        var run = ports.runs().run(arrival.run());
        if (run.isPresent()) return planned.alreadyProcessed(run.get());
        try {
            var known = facts.of(people.notice(), arrival.bucket());
            if (known.isEmpty())
                return refused(arrival, people, limits.language(), Finding.of(UNKNOWN_INCIDENT, people.file()));
            var incident = known.get().incident();
            if (incident.status() == NoticeStatus.CLOSED)
                return refused(arrival, people, language(incident), Finding.of(CLOSED, people.file()));
            return read(arrival, people, subject(arrival, people, known.get()));
        } catch (FindingsException e) {
            return refused(arrival, people, limits.language(), e.findings().toArray(Finding[]::new));
        }
    }

    private IntakeResult refused(Upload arrival, UploadKey.People people, Locale language, Finding... found) {
        var findings = new Findings();
        findings.addAll(List.of(found));
        var notice = people.notice();
        var upload = new RunRecorder.ReadUpload(arrival, notice.incident(), notice.notice(), "", 0);
        return refusals.refuse(upload, findings, language);
    }

    private IntakeResult read(Upload arrival, UploadKey.People people, Subject subject) throws IOException {
        var opened = ports.lists().open(arrival.bucket(), arrival.key(), Optional.of(arrival.version()));
        if (opened.isEmpty()) return new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE);
        var account = ports.accounts().account();
        var incident = subject.incident();
        var letters = subject.letters();
        var findings = new Findings();
        findings.addAll(subject.findings());
        findings.addAll(FactsCheck.findings(incident));
        findings.addAll(letters.findings());
        findings.addAll(new SenderCheck(ports.accounts(), limits.senders()).findings(incident, account));
        var chunks = new ChunkWriter(
                arrival.run(), ports.chunks(), limits.chunkRows(), ports.runs().chunks(arrival.run()));
        var draft = incident.status() == NoticeStatus.DRAFT;
        try (var upload = opened.get()) {
            var list = open(upload, people, incident, new LetterColumns(letters));
            letters.check(list.columns()).stream()
                    .filter(finding -> finding.code() != MISSING_COLUMN)
                    .forEach(findings::add);
            identity(people, list).ifPresent(findings::add);
            var audience = new Audience(incident, ports.incidents(), ports.ledger());
            findings.addAll(audience.findings(people.file(), list.identity()));
            var samples = draft ? Samples.all(whole(findings) ? letters.branches() : Map.of()) : Samples.firsts();
            var staff = new PreviewRecipients(incident);
            var sends = !draft && !findings.refuse();
            for (var rows = batch(list); !rows.isEmpty(); rows = batch(list))
                for (var row : audience.sift(rows)) {
                    staff.look(row);
                    chunks.add(row, sends && !list.findings().refuse());
                    samples.add(row);
                }
            findings.addAll(list.findings());
            findings.addAll(staff.findings());
            if (whole(findings)) findings.addAll(new LetterReview(incident, letters).findings(samples));
            var plan = new CheckedList(
                    new RunRecorder.ReadUpload(
                            arrival,
                            people.notice().incident(),
                            people.notice().notice(),
                            list.sha256().orElse(""),
                            list.rows()),
                    people,
                    incident,
                    list.identity(),
                    letters,
                    samples,
                    staff,
                    account);
            return decide(plan, chunks, findings);
        }
    }

    private RecipientList open(UploadedFile upload, UploadKey.People people, Incident incident, LetterColumns needs)
            throws IOException {
        var key = new SecretKeySpec(ports.keys().incidentKey(people.notice().incident()), "HmacSHA256");
        var rules = new ListRules(upload.version(), key, limits.maxBytes(), limits.maxRows(), incident.notCpr(), needs);
        return RecipientList.open(upload.body(), people.file(), rules);
    }

    /** The next rows, as many as are looked up at once; none after the last. */
    private static List<Row> batch(RecipientList list) throws IOException {
        var rows = new ArrayList<Row>(Chunk.ROWS);
        while (rows.size() < Chunk.ROWS) {
            var row = list.next();
            if (row.isEmpty()) break;
            rows.add(row.get());
        }
        return rows;
    }

    /** Another scheme would take the people of the notice's earlier lists for other people, and tell them twice. */
    private Optional<Finding> identity(UploadKey.People people, RecipientList list) {
        return ports.incidents()
                .frozen(people.notice())
                .map(FrozenNotice::identity)
                .filter(before -> !list.columns().isEmpty() && !before.equals(list.identity()))
                .map(before -> Finding.of(
                        IDENTITY_CHANGED,
                        people.file(),
                        String.join(", ", before),
                        String.join(", ", list.identity())));
    }

    private IntakeResult decide(CheckedList plan, ChunkWriter chunks, Findings findings) {
        var incident = plan.incident();
        var file = plan.people().file();
        var rows = plan.upload().rows();
        incident.affectedCount()
                .filter(count -> rows > 0 && count != rows)
                .ifPresent(count -> findings.add(Finding.at(COUNT_DIFFERS, file, 0, "affected_count", count, rows)));
        var now = ports.clock().instant();
        var start = incident.sendAfter()
                .map(moment -> moment.earliest())
                .filter(now::isBefore)
                .orElse(now);
        var forecast = Forecast.of(chunks.letters(), plan.account(), incident.maxPerHour(), start);
        if (forecast.tooSlow(now))
            findings.add(Finding.of(TOO_SLOW, file, chunks.letters(), Forecast.LONGEST.toDays()));
        if (incident.status() == NoticeStatus.DRAFT) return draft(plan, findings, forecast);
        if (findings.refuse()) return refusals.refuse(plan.upload(), findings, language(incident));
        return send(plan, chunks.finish(), findings, forecast, now.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Whether facts and letters are sound enough for a letter to be made of them. */
    private static boolean whole(Findings findings) {
        return findings.counts().keySet().stream().noneMatch(code -> code == BAD_FACTS || code == BAD_LETTER);
    }

    /** The preview comes first, and the letters to staff: where there is a run, they are there. A draft that is refused is sent to nobody. */
    private IntakeResult draft(CheckedList plan, Findings findings, Forecast forecast) {
        var incident = plan.incident();
        var preview = Preview.of(
                incident,
                plan.people().file(),
                plan.upload().rows(),
                findings,
                forecast,
                plan.samples(),
                plan.letters(),
                new PublicTexts(incident, ports.letters()));
        ports.previews().preview(plan.people().notice(), plan.upload().arrival().run(), preview.html());
        if (!findings.refuse()) plan.trial(ports.clock().instant()).ifPresent(ports.trials()::offer);
        return refusals.draft(plan.upload(), findings, language(incident), forecast);
    }

    private IntakeResult send(
            CheckedList plan, List<ChunkRecord> chunks, Findings findings, Forecast forecast, Instant now) {
        var ours = plan.frozen(now);
        var frozen = ports.incidents().freeze(ours);
        // Its event comes again, and then goes by what is frozen.
        if (!frozen.sameAs(ours) && frozen.run().equals(ours.run()))
            throw new IllegalStateException("run " + ours.run() + " was frozen by another delivery under other facts");
        if (!frozen.sameAs(ours)) {
            findings.add(Finding.of(FROZEN, plan.people().file(), plan.people().notice()));
            return refusals.refuse(plan.upload(), findings, language(plan.incident()));
        }
        ports.runs().createChunks(chunks);
        refusals.problems(plan.upload(), findings, language(plan.incident()));
        var run = ports.runs().create(RunPlanner.run(plan.upload(), frozen, chunks.size(), findings, now));
        if (run.status() != RunStatus.PLANNED) return planned.alreadyProcessed(run);
        planned.enqueue(run);
        return new IntakeResult.Sending(run, findings, forecast);
    }

    private Locale language(Incident incident) {
        return Locale.forLanguageTag(incident.language());
    }

    /** Where this very upload froze its notice before Intake died, it was approved and sent by two already. */
    private Subject subject(Upload arrival, UploadKey.People people, FactsIntake.Known known) throws FindingsException {
        var today = known.incident();
        var frozen = ports.incidents()
                .frozen(people.notice())
                .filter(notice -> notice.run().equals(arrival.run()));
        if (frozen.isPresent())
            return new Subject(
                    today.frozenAs(frozen.get()), LetterSet.frozen(frozen.get(), ports.letters()), List.of());
        var findings = limits.fourEyes() ? known.fourEyes(arrival, people.file()) : Optional.<Finding>empty();
        return new Subject(
                today,
                LetterSet.newest(today, ports.letters()),
                findings.stream().toList());
    }

    /**
     * What a list is sent under: the facts and letters of today, or those that its own upload froze. Whether and when it may be
     * sent is of today in both.
     *
     * @param findings about who approved it
     */
    private record Subject(Incident incident, LetterSet letters, List<Finding> findings) {}
}

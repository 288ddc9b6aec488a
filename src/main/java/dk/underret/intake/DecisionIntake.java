package dk.underret.intake;

import static dk.underret.incident.FindingCode.CLOSED;
import static dk.underret.incident.FindingCode.FROZEN;
import static dk.underret.incident.FindingCode.IDENTITY_CHANGED;
import static dk.underret.incident.FindingCode.NOTHING_SENT;
import static dk.underret.incident.FindingCode.UNKNOWN_INCIDENT;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import dk.underret.letter.LetterSet;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.ListRules;
import dk.underret.recipient.Lists.UploadedFile;
import dk.underret.recipient.RecipientList;
import dk.underret.run.Accounts;
import dk.underret.run.Forecast;
import dk.underret.run.RunStatus;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A list of decisions on its way to a planned run. It is checked as a whole as any list is, against the notice as it was frozen;
 * then each row is looked up in the ledger, and those that may not be sent again, or ended, get a finding and nothing else.
 */
final class DecisionIntake {
    private static final String HMAC = "HmacSHA256";

    private final IntakePorts ports;
    private final IntakeLimits limits;
    private final FactsIntake facts;
    private final RunRecorder refusals;
    private final RunPlanner planned;

    DecisionIntake(IntakePorts ports, IntakeLimits limits, FactsIntake facts, RunRecorder refusals) {
        this.ports = ports;
        this.limits = limits;
        this.facts = facts;
        this.refusals = refusals;
        this.planned = new RunPlanner(ports);
    }

    IntakeResult take(Upload arrival, UploadKey.Decision decision) throws IOException {
        var run = ports.runs().run(arrival.run());
        if (run.isPresent()) return planned.alreadyProcessed(run.get());
        try {
            var known = facts.of(decision.notice(), arrival.bucket());
            var frozen = ports.incidents().frozen(decision.notice());
            if (known.isEmpty())
                return refused(arrival, decision, limits.language(), Finding.of(UNKNOWN_INCIDENT, decision.file()));
            var language = language(known.get().incident());
            if (frozen.isEmpty())
                return refused(arrival, decision, language, Finding.of(NOTHING_SENT, decision.file()));
            if (decision.resends() && known.get().incident().status() == NoticeStatus.CLOSED)
                return refused(arrival, decision, language, Finding.of(CLOSED, decision.file()));
            return read(arrival, decision, known.get(), frozen.get());
        } catch (FindingsException e) {
            return refused(arrival, decision, limits.language(), e.findings().toArray(Finding[]::new));
        }
    }

    private IntakeResult refused(Upload arrival, UploadKey.Decision decision, Locale language, Finding... found) {
        var findings = new Findings();
        findings.addAll(List.of(found));
        return refusals.refuse(upload(arrival, decision, "", 0), findings, language);
    }

    private static RunRecorder.ReadUpload upload(
            Upload arrival, UploadKey.Decision decision, String sha256, long rows) {
        var notice = decision.notice();
        return new RunRecorder.ReadUpload(arrival, notice.incident(), notice.notice(), sha256, rows);
    }

    private IntakeResult read(Upload arrival, UploadKey.Decision decision, FactsIntake.Known known, FrozenNotice frozen)
            throws IOException {
        var opened = ports.lists().open(arrival.bucket(), arrival.key(), Optional.of(arrival.version()));
        if (opened.isEmpty()) return new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE);
        var account = ports.accounts().account();
        var incident = known.incident();
        var letters = LetterSet.newest(incident, ports.letters());
        var findings = new Findings();
        if (decision.resends()) {
            if (limits.fourEyes()) known.fourEyes(arrival, decision.file()).ifPresent(findings::add);
            findings.addAll(letters.findings());
            findings.addAll(new SenderCheck(ports.accounts(), limits.senders()).findings(incident, account));
            if (!incident.sha256().equals(frozen.factsSha256())
                    || !letters.sources().equals(frozen.letters()))
                findings.add(Finding.of(FROZEN, decision.file(), decision.notice()));
        }
        var needs = decision.resends()
                ? new LetterColumns(letters)
                : new ReasonNeeded(incident.language(), decision.closes());
        var chunks = new ChunkWriter(
                arrival.run(), ports.chunks(), limits.chunkRows(), ports.runs().chunks(arrival.run()));
        try (var upload = opened.get()) {
            var list = open(upload, decision, incident, needs);
            identity(decision, list, frozen).ifPresent(findings::add);
            var rows = new DecisionRows(ports.ledger(), ports.runs(), frozen, list, arrival, decision, findings);
            for (var batch = rows.next(); !batch.isEmpty(); batch = rows.next())
                for (var row : batch)
                    chunks.add(row, !findings.refuse() && !list.findings().refuse());
            findings.addAll(list.findings());
            var read = upload(arrival, decision, list.sha256().orElse(""), list.rows());
            if (findings.refuse()) return refusals.refuse(read, findings, language(incident));
            if (decision.resends() && incident.status() == NoticeStatus.DRAFT)
                return refusals.draft(read, findings, language(incident), forecast(chunks, account));
            // They are counted again; before the run is there, so that a crash in between does no harm.
            rows.runs().forEach(ports.runs()::reopen);
            return plan(read, frozen, chunks, findings, language(incident), forecast(chunks, account));
        }
    }

    private RecipientList open(UploadedFile upload, UploadKey.Decision decision, Incident incident, LetterNeeds needs)
            throws IOException {
        var key = new SecretKeySpec(ports.keys().incidentKey(decision.notice().incident()), HMAC);
        var rules = new ListRules(upload.version(), key, limits.maxBytes(), limits.maxRows(), incident.notCpr(), needs);
        return RecipientList.open(upload.body(), decision.file(), rules);
    }

    /** Under another scheme nobody of the first list would be found. */
    private static Optional<Finding> identity(UploadKey.Decision decision, RecipientList list, FrozenNotice frozen) {
        if (list.columns().isEmpty() || frozen.identity().equals(list.identity())) return Optional.empty();
        return Optional.of(Finding.of(
                IDENTITY_CHANGED,
                decision.file(),
                String.join(", ", frozen.identity()),
                String.join(", ", list.identity())));
    }

    private Forecast forecast(ChunkWriter chunks, Accounts.Account account) {
        return Forecast.of(
                chunks.letters(), account, Optional.empty(), ports.clock().instant());
    }

    private IntakeResult plan(
            RunRecorder.ReadUpload upload,
            FrozenNotice frozen,
            ChunkWriter rows,
            Findings findings,
            Locale language,
            Forecast forecast) {
        var chunks = rows.finish();
        var now = ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        ports.runs().createChunks(chunks);
        refusals.problems(upload, findings, language);
        var run = ports.runs().create(RunPlanner.run(upload, frozen, chunks.size(), findings, now));
        if (run.status() != RunStatus.PLANNED) return planned.alreadyProcessed(run);
        planned.enqueue(run);
        return new IntakeResult.Sending(run, findings, forecast);
    }

    private static Locale language(Incident incident) {
        return Locale.forLanguageTag(incident.language());
    }
}

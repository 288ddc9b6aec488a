package dk.underret.intake;

import static dk.underret.incident.FindingCode.CLOSED;
import static dk.underret.incident.FindingCode.FROZEN;
import static dk.underret.incident.FindingCode.NOTHING_SENT;
import static dk.underret.incident.FindingCode.UNKNOWN_INCIDENT;

import dk.underret.incident.FactsCheck;
import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.incident.FindingsException;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeStatus;
import dk.underret.letter.LetterSet;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.ListRules;
import dk.underret.recipient.Lists.UploadedFile;
import dk.underret.recipient.RecipientList;
import dk.underret.recipient.Row;
import dk.underret.run.Accounts;
import dk.underret.run.Chunk;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Takes a list, of people or of decisions, from its upload to a planned run. Both kinds take the same steps; a {@link RowPlan}
 * says what happens to the rows.
 */
final class ListIntake {
    private final IntakePorts ports;
    private final IntakeLimits limits;
    private final FactsIntake facts;
    private final RunRecorder recorder;
    private final RunPlanner planner;

    ListIntake(IntakePorts ports, IntakeLimits limits, FactsIntake facts, RunRecorder recorder) {
        this.ports = ports;
        this.limits = limits;
        this.facts = facts;
        this.recorder = recorder;
        this.planner = new RunPlanner(ports, recorder);
    }

    IntakeResult take(Upload upload, UploadKey.ListKey key) throws IOException {
        var run = ports.runs().run(upload.run());
        if (run.isPresent()) return planner.alreadyProcessed(run.get());
        try {
            var known = facts.of(key.notice(), upload.bucket());
            if (known.isEmpty())
                return refuse(upload, key, limits.language(), List.of(Finding.of(UNKNOWN_INCIDENT, key.file())));
            var frozen = ports.incidents().frozen(key.notice());
            var incident = known.get().incident();
            var refusal = refusal(key, incident, frozen);
            if (refusal.isPresent())
                return refuse(upload, key, Language.orEnglish(incident.language()), List.of(refusal.get()));
            return read(upload, notice(upload, key, known.get(), frozen));
        } catch (FindingsException e) {
            return refuse(upload, key, limits.language(), e.findings());
        }
    }

    private IntakeResult refuse(Upload upload, UploadKey.ListKey key, Language language, List<Finding> found) {
        var findings = new Findings();
        findings.addAll(found);
        return recorder.refuse(ReadUpload.unread(upload, key.notice()), findings, language);
    }

    /** The reason to refuse a list that need not be read. */
    private static Optional<Finding> refusal(UploadKey.ListKey key, Incident incident, Optional<FrozenNotice> frozen) {
        if (key instanceof UploadKey.Decision && frozen.isEmpty())
            return Optional.of(Finding.of(NOTHING_SENT, key.file()));
        return key.sends() && incident.status() == NoticeStatus.CLOSED
                ? Optional.of(Finding.of(CLOSED, key.file()))
                : Optional.empty();
    }

    /**
     * Chooses the facts and letters that a list is checked against: those of today. A list whose own earlier try froze the notice,
     * before Intake crashed, is checked against the frozen ones, and its approval was checked in that try.
     */
    private ListNotice notice(
            Upload upload, UploadKey.ListKey key, FactsIntake.Known known, Optional<FrozenNotice> frozen)
            throws FindingsException {
        var today = known.incident();
        var own = frozen.filter(notice -> notice.run().equals(upload.run()));
        if (own.isPresent())
            return new ListNotice(
                    key, today.frozenAs(own.get()), LetterSet.frozen(own.get(), ports.letters()), List.of(), frozen);
        var approval = limits.fourEyes() ? known.fourEyes(upload, key.file()) : Optional.<Finding>empty();
        var letters = LetterSet.newest(today, ports.letters(), ports.clock().instant());
        return new ListNotice(key, today, letters, approval.stream().toList(), frozen);
    }

    private IntakeResult read(Upload upload, ListNotice notice) throws IOException {
        var opened = ports.lists().open(upload.bucket(), upload.key(), Optional.of(upload.version()));
        if (opened.isEmpty()) return new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE);
        var account = ports.accounts().account();
        var findings = findings(notice, account);
        var chunks = new ChunkWriter(
                upload.run(), ports.chunks(), limits.chunkRows(), ports.runs().chunks(upload.run()));
        try (var file = opened.get()) {
            var list = open(file, notice);
            var plan = plan(upload, notice, account, list, findings);
            for (var rows = batch(list); !rows.isEmpty(); rows = batch(list)) {
                var planned = plan.plan(rows, findings);
                var refused = findings.refuse() || list.findings().refuse();
                var keep = !refused && !plan.isDraft(findings);
                for (var row : planned) chunks.add(row, keep);
            }
            findings.addAll(list.findings());
            var id = notice.key().notice();
            var sha256 = list.sha256().orElse("");
            return end(
                    new ReadUpload(upload, id.incident(), id.notice(), sha256, list.rows()),
                    notice,
                    plan,
                    chunks,
                    account,
                    findings);
        }
    }

    /** Checks everything but the list: a list whose rows are ended needs none of it. */
    private Findings findings(ListNotice notice, Accounts.Account account) {
        var findings = new Findings();
        var key = notice.key();
        if (!key.sends()) return findings;
        findings.addAll(notice.approval());
        if (key instanceof UploadKey.People)
            findings.addAll(FactsCheck.findings(notice.incident(), ports.clock().instant()));
        findings.addAll(notice.letters().findings());
        findings.addAll(new SenderCheck(ports.accounts(), limits.senders()).findings(notice.incident(), account));
        if (key instanceof UploadKey.Decision
                && notice.frozen().filter(frozen -> !isSame(notice, frozen)).isPresent())
            findings.add(Finding.of(FROZEN, key.file(), key.notice()));
        return findings;
    }

    private static boolean isSame(ListNotice notice, FrozenNotice frozen) {
        return notice.incident().sha256().equals(frozen.factsSha256())
                && notice.letters().sources().equals(frozen.letters());
    }

    private RecipientList open(UploadedFile file, ListNotice notice) throws IOException {
        var key =
                new SecretKeySpec(ports.keys().incidentKey(notice.key().notice().incident()), "HmacSHA256");
        var rules = new ListRules(
                file.version(),
                key,
                limits.maxBytes(),
                limits.maxRows(),
                notice.incident().notCpr(),
                needs(notice));
        return RecipientList.open(file.body(), notice.key().file(), rules);
    }

    private static LetterNeeds needs(ListNotice notice) {
        return notice.key() instanceof UploadKey.Decision decision && !decision.sends()
                ? new ReasonNeeded(notice.incident().language(), decision.closes())
                : new LetterColumns(notice.letters());
    }

    private RowPlan plan(
            Upload upload, ListNotice notice, Accounts.Account account, RecipientList list, Findings findings) {
        return switch (notice.key()) {
            case UploadKey.People people -> SendPlan.of(ports, notice, account, list, findings);
            case UploadKey.Decision decision -> DecisionPlan.of(ports, notice, upload, decision, list, findings);
        };
    }

    /** Reads the next rows, as many as are looked up in the ledger at once; none after the last. */
    private static List<Row> batch(RecipientList list) throws IOException {
        var rows = new ArrayList<Row>(Chunk.ROWS);
        while (rows.size() < Chunk.ROWS) {
            var row = list.next();
            if (row.isEmpty()) break;
            rows.add(row.get());
        }
        return rows;
    }

    /** Ends with a draft's preview, a refusal, or a planned run. Each records the run last, so that a crash before is repeated. */
    private IntakeResult end(
            ReadUpload read,
            ListNotice notice,
            RowPlan plan,
            ChunkWriter chunks,
            Accounts.Account account,
            Findings findings) {
        var now = ports.clock().instant();
        var recordedAt = now.truncatedTo(ChronoUnit.MILLIS);
        var language = notice.language();
        var forecast = plan.forecast(chunks.letters(), account, now);
        plan.finish(read, forecast, findings, now);
        if (plan.isDraft(findings)) {
            plan.preview(read, forecast, findings, recordedAt);
            return recorder.draft(read, findings, language, forecast);
        }
        if (findings.refuse()) return recorder.refuse(read, findings, language);
        var written = chunks.finish();
        var frozen = plan.prepare(read, findings, recordedAt);
        if (findings.refuse()) return recorder.refuse(read, findings, language);
        return planner.plan(read, frozen, written, findings, language, forecast, recordedAt);
    }
}

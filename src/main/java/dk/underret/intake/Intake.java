package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_KEY;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.incident.FindingsException;
import dk.underret.incident.NoticeId;
import dk.underret.letter.LetterSource;
import dk.underret.letter.LetterTemplate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Answers every upload. A list takes these steps, in this order:
 *
 * <pre>
 * facts read → letters checked → list read to its end, chunks written as they fill
 *   → draft: preview, problems.csv, run DRAFT, whatever was found
 *   → refused: problems.csv, run REFUSED
 *   → notice frozen → chunk records → problems.csv → run PLANNED → chunks enqueued → run SENDING
 * </pre>
 *
 * <p>A recorded run is never planned again: a second delivery finds it, and enqueues the chunks of a PLANNED run. A run that was not
 * recorded before a crash is planned again, with the same chunks. A row that is enqueued twice is harmless: it is claimed once.
 *
 * <p>A problem that the uploader can correct is an {@link IntakeResult}; an exception is worth a retry.
 */
public final class Intake {
    private final IntakePorts ports;
    private final IntakeLimits limits;
    private final FactsIntake facts;
    private final ListIntake lists;
    private final RunRecorder recorder;

    /** Creates an intake that works with these ports. */
    public Intake(IntakePorts ports, IntakeLimits limits) {
        this.ports = ports;
        this.limits = limits;
        this.facts = new FactsIntake(ports.lists(), ports.incidents(), ports.clock());
        this.recorder = new RunRecorder(ports);
        this.lists = new ListIntake(ports, limits, facts, recorder);
    }

    /**
     * Answers one upload.
     *
     * @throws IOException when the upload can't be read now
     */
    public IntakeResult take(Upload upload) throws IOException {
        return switch (UploadKey.of(upload.key())) {
            case UploadKey.Folder folder -> new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.FOLDER);
            case UploadKey.IncidentFacts of -> facts(upload, of.incident(), Optional.empty());
            case UploadKey.NoticeFacts of ->
                facts(upload, of.notice().incident(), Optional.of(of.notice().notice()));
            case UploadKey.LetterFile file -> letter(upload, file.name(), file.locale());
            case UploadKey.ListKey list -> lists.take(upload, list);
            case UploadKey.Bad bad ->
                refused(upload, bad.incident(), "", Finding.of(BAD_KEY, UploadKey.file(upload.key())));
        };
    }

    private IntakeResult facts(Upload upload, String incident, Optional<String> notice) throws IOException {
        try {
            return facts.store(upload, incident, notice);
        } catch (FindingsException e) {
            return refused(upload, incident, notice.orElse(NoticeId.MAIN), e.findings());
        }
    }

    private IntakeResult letter(Upload upload, String name, String locale) throws IOException {
        var opened = ports.lists().open(upload.bucket(), upload.key(), Optional.of(upload.version()));
        if (opened.isEmpty()) return new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE);
        try (var file = opened.get()) {
            return checked(LetterSource.read(name, locale, file.version(), file.body()));
        }
    }

    private IntakeResult checked(LetterSource source) {
        var findings = List.<Finding>of();
        try {
            LetterTemplate.compile(source);
        } catch (FindingsException e) {
            findings = e.findings();
        }
        var check = LetterCheck.text(source, findings, limits.language());
        ports.previews().check(source.name(), source.locale(), check);
        return new IntakeResult.LetterChecked(source.name(), source.locale(), findings);
    }

    private IntakeResult refused(Upload upload, String incident, String notice, Finding finding) {
        return refused(upload, incident, notice, List.of(finding));
    }

    private IntakeResult refused(Upload upload, String incident, String notice, List<Finding> found) {
        var known = ports.runs().run(upload.run());
        if (known.isPresent()) return new IntakeResult.AlreadyProcessed(known.get());
        var findings = new Findings();
        findings.addAll(found);
        return recorder.refuse(new ReadUpload(upload, incident, notice, "", 0), findings, limits.language());
    }
}

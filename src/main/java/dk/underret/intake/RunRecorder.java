package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.ledger.Tally;
import dk.underret.recipient.ExportedTable;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is left of an upload of which nothing is sent, and the problems of those that are. */
final class RunRecorder {
    /**
     * An upload as far as it was read.
     *
     * @param incident empty where the key names none
     * @param notice empty where the key names none
     * @param sha256 empty when it was not read to its end
     * @param rows with people
     */
    record ReadUpload(Upload arrival, String incident, String notice, String sha256, long rows) {}

    private final IntakePorts ports;

    RunRecorder(IntakePorts ports) {
        this.ports = ports;
    }

    /** Writes the problems, then records the run: where there is a run, its problems are there. */
    IntakeResult refuse(ReadUpload upload, Findings findings, Locale language) {
        var run = record(upload, RunStatus.REFUSED, findings, language);
        return run.status() == RunStatus.REFUSED
                ? new IntakeResult.Refused(run, findings)
                : new IntakeResult.AlreadyProcessed(run);
    }

    /** The same for a list that was only checked. */
    IntakeResult draft(ReadUpload upload, Findings findings, Locale language, Forecast forecast) {
        var run = record(upload, RunStatus.DRAFT, findings, language);
        return run.status() == RunStatus.DRAFT
                ? new IntakeResult.Draft(run, findings, forecast)
                : new IntakeResult.AlreadyProcessed(run);
    }

    /** Writes {@code problems.csv}, if there is a problem. */
    void problems(ReadUpload upload, Findings findings, Locale language) {
        if (findings.listed().isEmpty()) return;
        var table = ExportedTable.problems(findings.listed(), language);
        ports.evidence().put(upload.incident(), upload.arrival().run(), "problems.csv", table.toString());
    }

    /** Where another delivery planned the same upload first, its run stands, and so do its chunks. */
    private Run record(ReadUpload upload, RunStatus status, Findings findings, Locale language) {
        problems(upload, findings, language);
        var run = ports.runs().create(run(upload, status, findings));
        if (run.status() == status) ports.chunks().delete(run.id());
        return run;
    }

    private Run run(ReadUpload upload, RunStatus status, Findings findings) {
        var arrival = upload.arrival();
        return new Run(
                arrival.run(),
                upload.incident(),
                upload.notice(),
                status,
                list(upload),
                "",
                List.of(),
                0,
                0,
                upload.rows(),
                Tally.NONE,
                findings.counts(),
                ports.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty());
    }

    static Run.ListVersion list(ReadUpload upload) {
        var arrival = upload.arrival();
        return new Run.ListVersion(
                arrival.bucket(), arrival.key(), arrival.version(), upload.sha256(), arrival.principal());
    }
}

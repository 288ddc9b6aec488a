package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.Language;
import dk.underret.ledger.Tally;
import dk.underret.recipient.ExportedTable;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Records the runs of uploads that send nothing, and writes {@code problems.csv} for every run. */
final class RunRecorder {
    private final IntakePorts ports;

    RunRecorder(IntakePorts ports) {
        this.ports = ports;
    }

    /** Records a refused upload. Writes its problems first, so that every recorded run has them. */
    IntakeResult refuse(ReadUpload read, Findings findings, Language language) {
        var run = record(read, RunStatus.REFUSED, findings, language);
        return run.status() == RunStatus.REFUSED
                ? new IntakeResult.Refused(run, findings)
                : new IntakeResult.AlreadyProcessed(run);
    }

    /** Records the list of a draft, which was checked only. Writes its problems first. */
    IntakeResult draft(ReadUpload read, Findings findings, Language language, Forecast forecast) {
        var run = record(read, RunStatus.DRAFT, findings, language);
        return run.status() == RunStatus.DRAFT
                ? new IntakeResult.Draft(run, findings, forecast)
                : new IntakeResult.AlreadyProcessed(run);
    }

    /** Writes {@code problems.csv}, if there is a problem. */
    void problems(ReadUpload read, Findings findings, Language language) {
        if (findings.listed().isEmpty()) return;
        var table = ExportedTable.problems(findings.listed(), language);
        ports.evidence().put(read.incident(), read.run(), "problems.csv", table.toString());
    }

    /** Leaves the run and the chunks alone when another delivery of the same upload has planned it first. */
    private Run record(ReadUpload read, RunStatus status, Findings findings, Language language) {
        problems(read, findings, language);
        var run = ports.runs().create(run(read, status, findings));
        if (run.status() == status) ports.chunks().delete(run.id());
        return run;
    }

    private Run run(ReadUpload read, RunStatus status, Findings findings) {
        return new Run(
                read.run(),
                read.incident(),
                read.notice(),
                status,
                read.version(),
                "",
                List.of(),
                0,
                0,
                read.rows(),
                Tally.NONE,
                findings.counts(),
                ports.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty());
    }
}

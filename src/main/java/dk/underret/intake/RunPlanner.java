package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Language;
import dk.underret.ledger.Tally;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Plans a run: records its chunks and the run, then enqueues the chunks. */
record RunPlanner(IntakePorts ports, RunRecorder recorder) {
    /** Plans the run of a list whose chunks are written. Every step may be repeated after a crash. */
    IntakeResult plan(
            ReadUpload read,
            FrozenNotice notice,
            List<ChunkRecord> chunks,
            Findings findings,
            Language language,
            Forecast forecast,
            Instant now) {
        ports.runs().createChunks(chunks);
        recorder.problems(read, findings, language);
        var run = ports.runs().create(run(read, notice, chunks.size(), findings, now));
        if (run.status() != RunStatus.PLANNED) return alreadyProcessed(run);
        enqueue(run);
        return new IntakeResult.Sending(run, findings, forecast);
    }

    /** Answers a repeated delivery: enqueues the chunks of a PLANNED run, and has nothing left to do for any other. */
    IntakeResult alreadyProcessed(Run run) {
        switch (run.status()) {
            case PLANNED -> enqueue(run);
            case REFUSED, DRAFT, SETTLED -> ports.chunks().delete(run.id());
            case SENDING -> {
                // Its chunks are in use.
            }
        }
        return new IntakeResult.AlreadyProcessed(run);
    }

    private void enqueue(Run run) {
        var messages = ports.runs().chunks(run.id()).stream()
                .filter(chunk -> chunk.settledAt().isEmpty())
                .map(chunk -> WorkMessage.first(run.id(), chunk.number()))
                .toList();
        ports.work().enqueue(messages, Duration.ZERO);
        ports.runs().enqueued(run.id());
    }

    private static Run run(ReadUpload read, FrozenNotice notice, int chunks, Findings findings, Instant now) {
        return new Run(
                read.run(),
                read.incident(),
                read.notice(),
                RunStatus.PLANNED,
                read.version(),
                notice.factsSha256(),
                notice.letters(),
                chunks,
                chunks,
                read.rows(),
                Tally.NONE,
                findings.counts(),
                now,
                Optional.empty());
    }
}

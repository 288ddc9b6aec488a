package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.FrozenNotice;
import dk.underret.ledger.Tally;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A run that is recorded. */
record RunPlanner(IntakePorts ports) {
    /** A delivery of what was taken up before, or just now by another: one that isn't PLANNED has nothing left to do here. */
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

    /** Puts every unsettled chunk on the queue. */
    void enqueue(Run run) {
        var messages = ports.runs().chunks(run.id()).stream()
                .filter(chunk -> chunk.settledAt().isEmpty())
                .map(chunk -> WorkMessage.first(run.id(), chunk.number()))
                .toList();
        ports.work().enqueue(messages, Duration.ZERO);
        ports.runs().enqueued(run.id());
    }

    /** The record of a run whose chunks are written and not enqueued yet. */
    static Run run(RunRecorder.ReadUpload upload, FrozenNotice frozen, int chunks, Findings findings, Instant now) {
        return new Run(
                upload.arrival().run(),
                upload.incident(),
                upload.notice(),
                RunStatus.PLANNED,
                RunRecorder.list(upload),
                frozen.factsSha256(),
                frozen.letters(),
                chunks,
                chunks,
                upload.rows(),
                Tally.NONE,
                findings.counts(),
                now,
                Optional.empty());
    }
}

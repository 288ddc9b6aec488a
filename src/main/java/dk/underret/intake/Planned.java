package dk.underret.intake;

import dk.underret.ledger.Run;
import java.time.Duration;

/** A run that is recorded. */
record Planned(Intake.Peers peers) {
    /** A delivery of what was taken up before, or just now by another: one that isn't PLANNED has nothing left to do here. */
    Answer again(Run run) {
        switch (run.status()) {
            case PLANNED -> enqueue(run);
            case REFUSED, DRAFT, SETTLED -> peers.chunks().delete(run.id());
            case SENDING -> {
                // Its chunks are in use.
            }
        }
        return new Answer.Again(run);
    }

    /** Puts every unsettled chunk on the queue. */
    void enqueue(Run run) {
        var messages = peers.runs().chunks(run.id()).stream()
                .filter(chunk -> chunk.settledAt().isEmpty())
                .map(chunk -> WorkMessage.first(run.id(), chunk.number()))
                .toList();
        peers.work().enqueue(messages, Duration.ZERO);
        peers.runs().enqueued(run.id());
    }
}

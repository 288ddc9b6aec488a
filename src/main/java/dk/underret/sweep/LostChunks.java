package dk.underret.sweep;

import dk.underret.run.Accounts.Account;
import dk.underret.run.ChunkRecord;
import dk.underret.run.RunStatus;
import dk.underret.run.TimeSource;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Chunks that no message points at any more. A message can't be asked for, so it is waited for: as long as everything still to be sent
 * takes, and as long as the queue may hide it. One put back too early is no harm: the claim decides who sends a row.
 */
final class LostChunks {
    private final SweepPorts ports;
    private final Duration staleAfter;
    private final TimeSource time;

    LostChunks(SweepPorts ports, Duration staleAfter, TimeSource time) {
        this.ports = ports;
        this.staleAfter = staleAfter;
        this.time = time;
    }

    /** How long a message may wait for its turn, behind all others; empty where nobody may send, and nothing can be said. */
    Optional<Duration> backlog(List<OpenRun> sending, Account account) {
        if (account.maxSendRate() <= 0) return Optional.empty();
        var rows = sending.stream().mapToLong(open -> open.run().rows()).sum();
        return Optional.of(Duration.ofSeconds((long) Math.ceil(rows / account.maxSendRate())));
    }

    /**
     * Puts messages on the queue for a run that may be sent: of parked chunks, of those that nothing was heard of for too long,
     * and of those that Intake planned and did not live to enqueue. Marked first: a crash in between is made good by the next
     * one that finds nothing heard.
     *
     * @return for how many chunks
     */
    int requeue(OpenRun open, Optional<Duration> backlog) {
        var abandoned = open.run().status() == RunStatus.PLANNED
                && time.now().isAfter(open.run().startedAt().plus(staleAfter));
        var messages = open.unsettled().stream()
                .filter(chunk -> chunk.parkedAt().isPresent()
                        || (abandoned && chunk.queuedAt().isEmpty())
                        || isLost(open, chunk, backlog))
                .filter(chunk -> ports.runs().requeue(chunk, time.now()))
                .map(chunk -> WorkMessage.first(chunk.run(), chunk.number()))
                .toList();
        if (!messages.isEmpty()) ports.work().enqueue(messages, Duration.ZERO);
        if (abandoned) ports.runs().enqueued(open.run().id());
        return messages.size();
    }

    private boolean isLost(OpenRun open, ChunkRecord chunk, Optional<Duration> backlog) {
        return backlog.map(wait ->
                        open.heardAt(chunk).plus(staleAfter.multipliedBy(2)).plus(wait))
                .filter(time.now()::isAfter)
                .isPresent();
    }
}

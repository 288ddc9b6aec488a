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
 * Re-enqueues unsettled chunks that have no message on the queue. SQS cannot be asked whether a message exists, so a chunk counts as
 * lost only after the time that the whole backlog takes, plus the time that the queue may hide a message. Re-enqueuing too early is
 * harmless: the claim in the ledger decides which sender sends a row.
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

    /** Returns how long a message may wait behind all others; empty when the account may not send, so that no time can be given. */
    Optional<Duration> backlog(List<OpenRun> sending, Account account) {
        if (account.maxSendRate() <= 0) return Optional.empty();
        var rows = sending.stream().mapToLong(open -> open.run().rows()).sum();
        return Optional.of(Duration.ofSeconds((long) Math.ceil(rows / account.maxSendRate())));
    }

    /**
     * Re-enqueues chunks of a run that may be sent: parked chunks, lost chunks, and chunks that Intake planned and did not enqueue
     * before it stopped. Marks each chunk before it enqueues the message. If the sweep crashes in between, a later one finds the
     * chunk lost again.
     *
     * @return the number of chunks
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
        return backlog.map(wait -> open.lastQueuedAt(chunk)
                        .plus(staleAfter.multipliedBy(2))
                        .plus(wait))
                .filter(time.now()::isAfter)
                .isPresent();
    }
}

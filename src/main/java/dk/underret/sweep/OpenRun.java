package dk.underret.sweep;

import dk.underret.incident.NoticeId;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import java.time.Instant;
import java.util.List;

/**
 * An open run as it was read: the run, then its chunks.
 *
 * @param chunks all of them, by number; none of a settled run, where nothing is left to be queued
 */
record OpenRun(Run run, List<ChunkRecord> chunks) {
    NoticeId notice() {
        return new NoticeId(run.incident(), run.notice());
    }

    /** Whether any of it is still to be sent. */
    boolean sending() {
        return run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING;
    }

    List<ChunkRecord> unsettled() {
        return chunks.stream().filter(chunk -> chunk.settledAt().isEmpty()).toList();
    }

    /** When a chunk's message was last heard of, or may have been put on the queue. */
    Instant heardAt(ChunkRecord chunk) {
        return chunk.queuedAt().orElse(run.startedAt());
    }
}

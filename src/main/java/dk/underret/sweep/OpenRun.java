package dk.underret.sweep;

import dk.underret.incident.NoticeId;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import java.time.Instant;
import java.util.List;

/**
 * A run that is not closed, with its chunks. The run is read first, then the chunks.
 *
 * @param chunks all chunks, by number; empty for a settled run, which has no chunk left to enqueue
 */
record OpenRun(Run run, List<ChunkRecord> chunks) {
    NoticeId notice() {
        return new NoticeId(run.incident(), run.notice());
    }

    /** Whether rows of the run are still to be sent. */
    boolean sending() {
        return run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING;
    }

    List<ChunkRecord> unsettled() {
        return chunks.stream().filter(chunk -> chunk.settledAt().isEmpty()).toList();
    }

    /** Returns when the chunk's message was last put on the queue or received; the start of the run when that is not recorded. */
    Instant lastQueuedAt(ChunkRecord chunk) {
        return chunk.queuedAt().orElse(run.startedAt());
    }
}

package dk.underret.sweep;

import dk.underret.incident.Hold;
import dk.underret.incident.Hold.Probe;
import dk.underret.run.Accounts.Account;
import dk.underret.run.ChunkRecord;
import dk.underret.run.TimeSource;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Manages the account's hold: sends out probes, and lifts the hold after one succeeded. */
final class HoldProber {
    /** The share of the 24-hour quota that must be free before the quota counts as available: below it a few letters would spend it. */
    private static final double MIN_FREE_SHARE = 0.01;

    private final SweepPorts ports;
    private final TimeSource time;

    HoldProber(SweepPorts ports, TimeSource time) {
        this.ports = ports;
        this.time = time;
    }

    /**
     * Lifts the hold, or sends the next probe, when that is due.
     *
     * @param sending runs that are not settled
     * @return whether the hold is still in force
     */
    boolean update(Hold hold, Account account, List<OpenRun> sending) {
        if (!maySend(account)) return true;
        var chunks = sending.stream().flatMap(run -> run.unsettled().stream()).toList();
        // Without unsettled chunks there is no probe: the next run finds out whether SES accepts letters again.
        if (hold.cured() || chunks.isEmpty()) return !ports.incidents().change(hold, Optional.empty());
        if (!time.now().isBefore(hold.nextProbe())) probe(hold, chunks);
        return true;
    }

    private static boolean maySend(Account account) {
        var quotaFree = account.max24HourSend() < 0
                || account.sentLast24Hours() + Math.max(1, account.max24HourSend() * MIN_FREE_SHARE)
                        <= account.max24HourSend();
        return account.sendingEnabled() && account.maxSendRate() > 0 && quotaFree;
    }

    /** Enqueues one chunk as a probe, another one each time. Prefers parked chunks, which have no message on the queue. */
    private void probe(Hold hold, List<ChunkRecord> chunks) {
        var parked =
                chunks.stream().filter(chunk -> chunk.parkedAt().isPresent()).toList();
        var candidates = parked.isEmpty() ? chunks : parked;
        var chunk = candidates.get(hold.probes() % candidates.size());
        var next = hold.probing(new Probe(chunk.run(), chunk.number()), time.now());
        if (ports.incidents().change(hold, Optional.of(next)) && ports.runs().requeue(chunk, time.now()))
            ports.work().enqueue(List.of(WorkMessage.first(chunk.run(), chunk.number())), Duration.ZERO);
    }
}

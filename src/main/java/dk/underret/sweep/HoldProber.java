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

/** Tends the account's hold: lets probes out, and lifts it once one got through. */
final class HoldProber {
    /** Of the quota, so much must be free again before it counts as not spent: else it is spent again by the next few letters. */
    private static final double ROOM = 0.01;

    private final SweepPorts ports;
    private final TimeSource time;

    HoldProber(SweepPorts ports, TimeSource time) {
        this.ports = ports;
        this.time = time;
    }

    /**
     * Does what is due.
     *
     * @param sending runs that are not settled
     * @return whether it still stands
     */
    boolean tend(Hold hold, Account account, List<OpenRun> sending) {
        if (!maySend(account)) return true;
        var chunks = sending.stream().flatMap(run -> run.unsettled().stream()).toList();
        // With nothing left to send there is no probe; whoever comes next finds out.
        if (hold.cured() || chunks.isEmpty()) return !ports.incidents().change(hold, Optional.empty());
        if (!time.now().isBefore(hold.nextProbe())) probe(hold, chunks);
        return true;
    }

    private static boolean maySend(Account account) {
        var room = account.max24HourSend() < 0
                || account.sentLast24Hours() + Math.max(1, account.max24HourSend() * ROOM) <= account.max24HourSend();
        return account.sendingEnabled() && account.maxSendRate() > 0 && room;
    }

    /** Each time another chunk. Those parked come first: no message of theirs is on its way. */
    private void probe(Hold hold, List<ChunkRecord> chunks) {
        var parked =
                chunks.stream().filter(chunk -> chunk.parkedAt().isPresent()).toList();
        var from = parked.isEmpty() ? chunks : parked;
        var chunk = from.get(hold.probes() % from.size());
        var next = hold.probing(new Probe(chunk.run(), chunk.number()), time.now());
        if (ports.incidents().change(hold, Optional.of(next)) && ports.runs().requeue(chunk, time.now()))
            ports.work().enqueue(List.of(WorkMessage.first(chunk.run(), chunk.number())), Duration.ZERO);
    }
}

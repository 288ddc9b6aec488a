package dk.underret.dispatch;

import dk.underret.dispatch.Sweep.Open;
import dk.underret.incident.Hold;
import dk.underret.incident.Hold.Probe;
import dk.underret.intake.Accounts.Account;
import dk.underret.intake.WorkMessage;
import dk.underret.ledger.ChunkRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tends the account's hold: lets probes out, and lifts it once one got through. */
final class Holds {
    /** Of the quota, so much must be free again before it counts as not spent: else it is spent again by the next few letters. */
    private static final double ROOM = 0.01;

    private final Sweep.Ports ports;
    private final Time time;

    Holds(Sweep.Ports ports, Time time) {
        this.ports = ports;
        this.time = time;
    }

    /**
     * Does what is due.
     *
     * @param sending runs that are not settled
     * @return whether it still stands
     */
    boolean tend(Hold hold, Account account, List<Open> sending) {
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
        var parked = chunks.stream().filter(chunk -> chunk.parkedAt().isPresent()).toList();
        var from = parked.isEmpty() ? chunks : parked;
        var chunk = from.get(hold.probes() % from.size());
        var next = hold.probing(new Probe(chunk.run(), chunk.number()), time.now());
        if (ports.incidents().change(hold, Optional.of(next)) && ports.runs().requeue(chunk, time.now()))
            ports.work().enqueue(List.of(WorkMessage.first(chunk.run(), chunk.number())), Duration.ZERO);
    }
}

package dk.underret.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.local.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Kills senders repeatedly by SIGKILL. The seed determines the times and the choice of sender. */
final class ProcessKiller implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The time within which the last requests of a killed sender arrive. Its chunk is delivered again after a second. */
    private static final Duration ARRIVAL_TIME = Duration.ofMillis(900);

    /** The least number of claims between two kills, so that the run progresses on a machine where senders start slowly. */
    private static final long MIN_CLAIMS = 100;

    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final LocalAws aws;
    private final LedgerObserver ledger;
    private final InjectedFaults injectedFaults;
    private final Duration meanInterval;
    private final SplittableRandom random;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private long kills;
    private long claimsAtLastKill;

    /**
     * Starts killing.
     *
     * @param meanInterval the mean time between two kills; each interval is 0.5 to 1.5 times as long
     */
    ProcessKiller(
            LocalAws aws, LedgerObserver ledger, InjectedFaults injectedFaults, Duration meanInterval, long seed) {
        this.aws = aws;
        this.ledger = ledger;
        this.injectedFaults = injectedFaults;
        this.meanInterval = meanInterval;
        this.random = new SplittableRandom(seed);
        scheduleNext();
    }

    private void scheduleNext() {
        var wait = (long) (meanInterval.toMillis() * (0.5 + random.nextDouble()));
        executor.schedule(this::kill, wait, TimeUnit.MILLISECONDS);
    }

    private void kill() {
        if (ledger.claims() - claimsAtLastKill < MIN_CLAIMS) {
            executor.schedule(this::kill, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        claimsAtLastKill = ledger.claims();
        var senders = aws.children("DispatchHandler");
        var which = random.nextInt(2);
        if (!senders.isEmpty()) {
            var inFlight = new HashSet<>(ledger.inFlight());
            var event = aws.kill(senders.get(which % senders.size()));
            var number = ++kills;
            executor.schedule(() -> write(number, event, inFlight), ARRIVAL_TIME.toMillis(), TimeUnit.MILLISECONDS);
        }
        scheduleNext();
    }

    /** Records a kill. The claims in flight are those of both senders; the chunk says which are the killed one's. */
    private void write(long number, Optional<String> event, HashSet<String> inFlight) {
        inFlight.addAll(ledger.inFlight());
        try {
            var chunk = event.isEmpty() ? "" : chunk(event.get());
            if (inFlight.isEmpty() || chunk.isEmpty()) injectedFaults.write(InjectedFaults.KILL, number, "", "");
            else for (var recipient : inFlight) injectedFaults.write(InjectedFaults.KILL, number, recipient, chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String chunk(String event) throws IOException {
        var message = JSON.readTree(event).at("/Records/0/body").asText();
        return JSON.readTree(message).path("chunk").asText();
    }

    /** Stops killing, after the last kill is recorded. */
    @Override
    public void close() throws InterruptedException {
        executor.schedule(() -> executor.shutdownNow(), 2 * ARRIVAL_TIME.toMillis(), TimeUnit.MILLISECONDS);
        executor.awaitTermination(10, TimeUnit.SECONDS);
    }
}

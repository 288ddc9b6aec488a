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

/** Ends a sender by SIGKILL again and again, at times and in an order that follow from a seed. */
final class ProcessKiller implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a sender had on its way when it died may take so long to arrive; its chunk comes back after a second. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(900);

    /** From kill to kill so many rows are claimed at least: a machine that starts a sender more slowly than they die gets on too. */
    private static final long CLAIMS_BETWEEN = 100;

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final LocalAws aws;
    private final LedgerObserver ledger;
    private final InjectedFaults injected;
    private final Duration every;
    private final SplittableRandom dice;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private long kills;
    private long claimsThen;

    /**
     * A killer that starts at once.
     *
     * @param every the mean time from kill to kill; each is between half and one and a half of it
     */
    ProcessKiller(LocalAws aws, LedgerObserver ledger, InjectedFaults injected, Duration every, long seed) {
        this.aws = aws;
        this.ledger = ledger;
        this.injected = injected;
        this.every = every;
        this.dice = new SplittableRandom(seed);
        next();
    }

    private void next() {
        var wait = (long) (every.toMillis() * (0.5 + dice.nextDouble()));
        clock.schedule(this::kill, wait, TimeUnit.MILLISECONDS);
    }

    private void kill() {
        if (ledger.claims() - claimsThen < CLAIMS_BETWEEN) {
            clock.schedule(this::kill, GLANCE.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        claimsThen = ledger.claims();
        var senders = aws.children("DispatchHandler");
        var which = dice.nextInt(2);
        if (!senders.isEmpty()) {
            var touched = new HashSet<>(ledger.inFlight());
            var event = aws.kill(senders.get(which % senders.size()));
            var number = ++kills;
            clock.schedule(() -> write(number, event, touched), ON_ITS_WAY.toMillis(), TimeUnit.MILLISECONDS);
        }
        next();
    }

    /** The claims in flight are both senders'; the chunk tells the dead one's from the other's. */
    private void write(long number, Optional<String> event, HashSet<String> touched) {
        touched.addAll(ledger.inFlight());
        try {
            var chunk = event.isEmpty() ? "" : chunk(event.get());
            if (touched.isEmpty() || chunk.isEmpty()) injected.write(InjectedFaults.KILL, number, "", "");
            else for (var recipient : touched) injected.write(InjectedFaults.KILL, number, recipient, chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String chunk(String event) throws IOException {
        var message = JSON.readTree(event).at("/Records/0/body").asText();
        return JSON.readTree(message).path("chunk").asText();
    }

    /** Kills no more; the last kill is written down. */
    @Override
    public void close() throws InterruptedException {
        clock.schedule(() -> clock.shutdownNow(), 2 * ON_ITS_WAY.toMillis(), TimeUnit.MILLISECONDS);
        clock.awaitTermination(10, TimeUnit.SECONDS);
    }
}

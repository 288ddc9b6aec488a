package dk.underret.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.local.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Observes the requests to the tables. Drops some of the answers, and keeps the set of claims that are not settled. */
final class LedgerObserver implements FaultProxy.Observer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A write to a send record.
     *
     * @param claim whether it changes the record to SENDING
     */
    private record Write(String recipient, boolean claim) {
        static final Write NONE = new Write("", false);
    }

    private final InjectedFaults injectedFaults;
    private final double share;
    private final SplittableRandom random;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicLong claims = new AtomicLong();
    private final Map<String, Long> lost = new HashMap<>();

    /**
     * Creates an observer.
     *
     * @param share the share of answers to drop
     */
    LedgerObserver(InjectedFaults injectedFaults, double share, long seed) {
        this.injectedFaults = injectedFaults;
        this.share = share;
        this.random = new SplittableRandom(seed);
    }

    /** Returns the recipients whose newest claim is not settled. */
    Set<String> inFlight() {
        return Set.copyOf(inFlight);
    }

    /** Returns the number of claims so far, including repeated ones. */
    long claims() {
        return claims.get();
    }

    @Override
    public void onRequest(String operation, byte[] body) {
        var write = write(operation, body);
        if (!write.claim()) return;
        inFlight.add(write.recipient());
        claims.incrementAndGet();
    }

    @Override
    public boolean dropsResponse(String operation, byte[] body) {
        var write = write(operation, body);
        if (!write.claim()) inFlight.remove(write.recipient());
        return loses(write);
    }

    private synchronized boolean loses(Write write) {
        if (random.nextDouble() >= share) return false;
        var fault = InjectedFaults.OTHER_LOST;
        if (!write.recipient().isEmpty())
            fault = write.claim() ? InjectedFaults.CLAIM_LOST : InjectedFaults.SETTLE_LOST;
        try {
            injectedFaults.write(fault, lost.merge(fault, 1L, Long::sum), write.recipient(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private static Write write(String operation, byte[] body) {
        try {
            return switch (operation) {
                case "PutItem" -> {
                    var item = JSON.readTree(body).path("Item");
                    yield new Write(
                            text(item, "recipient"), text(item, "status").equals("SENDING"));
                }
                case "UpdateItem" -> new Write(text(JSON.readTree(body).path("Key"), "recipient"), false);
                default -> Write.NONE;
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode item, String name) {
        return item.path(name).path("S").asText("");
    }
}

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

/** Sees every request to the tables: loses some answers, and knows which claims are not settled. */
final class LedgerObserver implements FaultProxy.Eye {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A write to a send record.
     *
     * @param claim whether it puts the record to SENDING
     */
    private record Write(String recipient, boolean claim) {
        static final Write NONE = new Write("", false);
    }

    private final InjectedFaults injected;
    private final double share;
    private final SplittableRandom dice;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicLong claims = new AtomicLong();
    private final Map<String, Long> lost = new HashMap<>();

    /**
     * An eye.
     *
     * @param share of answers that are lost
     */
    LedgerObserver(InjectedFaults injected, double share, long seed) {
        this.injected = injected;
        this.share = share;
        this.dice = new SplittableRandom(seed);
    }

    /** The recipients whose newest claim is not settled. */
    Set<String> inFlight() {
        return Set.copyOf(inFlight);
    }

    /** Claims so far, those that were tried again too. */
    long claims() {
        return claims.get();
    }

    @Override
    public void asked(String operation, byte[] body) {
        var write = write(operation, body);
        if (!write.claim()) return;
        inFlight.add(write.recipient());
        claims.incrementAndGet();
    }

    @Override
    public boolean loses(String operation, byte[] body) {
        var write = write(operation, body);
        if (!write.claim()) inFlight.remove(write.recipient());
        return loses(write);
    }

    private synchronized boolean loses(Write write) {
        if (dice.nextDouble() >= share) return false;
        var fault = InjectedFaults.OTHER_LOST;
        if (!write.recipient().isEmpty())
            fault = write.claim() ? InjectedFaults.CLAIM_LOST : InjectedFaults.SETTLE_LOST;
        try {
            injected.write(fault, lost.merge(fault, 1L, Long::sum), write.recipient(), "");
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

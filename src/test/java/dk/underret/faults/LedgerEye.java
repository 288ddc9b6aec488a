package dk.underret.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.local.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sees every request to the tables: loses some answers, and knows which claims are not settled. */
final class LedgerEye implements Relay.Eye {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Injected injected;
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
    LedgerEye(Injected injected, double share, long seed) {
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
        if (operation.equals("PutItem")) {
            var recipient = recipient(body, "Item");
            if (recipient.isEmpty()) return;
            inFlight.add(recipient);
            claims.incrementAndGet();
        }
    }

    @Override
    public boolean loses(String operation, byte[] body) {
        var recipient = switch (operation) {
            case "PutItem" -> recipient(body, "Item");
            case "UpdateItem" -> recipient(body, "Key");
            default -> "";
        };
        if (operation.equals("UpdateItem")) inFlight.remove(recipient);
        return lost(recipient.isEmpty() ? "" : operation, recipient);
    }

    private synchronized boolean lost(String operation, String recipient) {
        if (dice.nextDouble() >= share) return false;
        var fault = switch (operation) {
            case "PutItem" -> Injected.CLAIM_LOST;
            case "UpdateItem" -> Injected.SETTLE_LOST;
            default -> Injected.OTHER_LOST;
        };
        try {
            injected.write(fault, lost.merge(fault, 1L, Long::sum), recipient, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private static String recipient(byte[] body, String where) {
        try {
            return JSON.readTree(body).path(where).path("recipient").path("S").asText("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

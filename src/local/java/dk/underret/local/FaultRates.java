package dk.underret.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The probability of each misbehaviour. The choice for a message depends only on the seed, the recipient and the number of earlier
 * messages to them, so a seed gives the same result in whatever order the senders work. Thread-safe.
 */
final class FaultRates {
    /** Never misbehaves. */
    static final FaultRates NONE = new FaultRates(0, List.of());

    private record Share(Misbehaviour misbehaviour, double share) {}

    private final long seed;
    private final List<Share> shares;
    private final Map<String, Integer> messagesByAddress = new ConcurrentHashMap<>();

    private FaultRates(long seed, List<Share> shares) {
        this.seed = seed;
        this.shares = shares;
    }

    /**
     * Reads a line of a {@link MisbehaviourScript}.
     *
     * @param fields {@code odds <seed> <misbehaviour> <share of 1> …}
     */
    static FaultRates read(String... fields) {
        var shares = new ArrayList<Share>();
        for (int i = 2; i + 1 < fields.length; i += 2)
            shares.add(new Share(Misbehaviour.valueOf(fields[i]), Double.parseDouble(fields[i + 1])));
        return new FaultRates(Long.parseLong(fields[1]), List.copyOf(shares));
    }

    /** Returns the misbehaviour for the next message to an address. */
    Misbehaviour next(String address) {
        if (shares.isEmpty()) return Misbehaviour.NONE;
        var nth = messagesByAddress.merge(address, 1, Integer::sum);
        var threshold = new SplittableRandom(seed * 1_000_003 + (address + " " + nth).hashCode()).nextDouble();
        for (var share : shares) {
            threshold -= share.share();
            if (threshold < 0) return share.misbehaviour();
        }
        return Misbehaviour.NONE;
    }
}

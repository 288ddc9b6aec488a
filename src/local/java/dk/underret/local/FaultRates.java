package dk.underret.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How likely each misbehaviour is. What happens to a message follows from the seed, its recipient and how many came to them before:
 * the same seed does the same to the same people, in whatever order the senders get to them. Thread-safe.
 */
final class FaultRates {
    /** None at all. */
    static final FaultRates NONE = new FaultRates(0, List.of());

    private record Share(Misbehaviour misbehaviour, double share) {}

    private final long seed;
    private final List<Share> shares;
    private final Map<String, Integer> before = new ConcurrentHashMap<>();

    private FaultRates(long seed, List<Share> shares) {
        this.seed = seed;
        this.shares = shares;
    }

    /**
     * Reads a line of a {@link MisbehaviourScript}.
     *
     * @param words {@code odds <seed> <misbehaviour> <share of 1> …}
     */
    static FaultRates read(String... words) {
        var shares = new ArrayList<Share>();
        for (int i = 2; i + 1 < words.length; i += 2)
            shares.add(new Share(Misbehaviour.valueOf(words[i]), Double.parseDouble(words[i + 1])));
        return new FaultRates(Long.parseLong(words[1]), List.copyOf(shares));
    }

    /** What to do with the next message to an address. */
    Misbehaviour next(String address) {
        if (shares.isEmpty()) return Misbehaviour.NONE;
        var nth = before.merge(address, 1, Integer::sum);
        var dice = new SplittableRandom(seed * 1_000_003 + (address + " " + nth).hashCode()).nextDouble();
        for (var share : shares) {
            dice -= share.share();
            if (dice < 0) return share.misbehaviour();
        }
        return Misbehaviour.NONE;
    }
}

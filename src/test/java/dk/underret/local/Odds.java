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
final class Odds {
    /** None at all. */
    static final Odds NONE = new Odds(0, List.of());

    private record Share(Misbehaviour misbehaviour, double share) {}

    private final long seed;
    private final List<Share> shares;
    private final Map<String, Integer> before = new ConcurrentHashMap<>();

    private Odds(long seed, List<Share> shares) {
        this.seed = seed;
        this.shares = shares;
    }

    /**
     * Reads a line of a {@link Script}.
     *
     * @param words {@code odds <seed> <misbehaviour> <share of 1> …}
     */
    static Odds read(String... words) {
        var shares = new ArrayList<Share>();
        for (int i = 2; i + 1 < words.length; i += 2)
            shares.add(new Share(Misbehaviour.valueOf(words[i]), Double.parseDouble(words[i + 1])));
        return new Odds(Long.parseLong(words[1]), List.copyOf(shares));
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

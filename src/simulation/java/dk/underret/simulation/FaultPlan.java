package dk.underret.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What goes wrong under one seed, and how often. Each seed has some kinds of fault and lacks others: a rare meeting of two faults
 * is found where the other twenty don't drown it. From {@link #clear} on nothing goes wrong any more.
 */
final class FaultPlan {
    /** What may go wrong. */
    enum Fault {
        /** The call is not carried out, and throws. */
        REFUSED,
        /** The call is carried out, and throws. */
        LOST,
        /** The call is carried out, its answer is lost, and the client repeats it: what the SDK does but for SES. */
        REPEATED,
        /** The call takes longer than anybody waits, is carried out or not, and throws. */
        HUNG,
        /** The answer takes seconds. */
        SLOW,
        /** The process ends before the call, or after it. */
        CRASH,
        /** The whole sandbox stands still, for up to 20 minutes. */
        FREEZE,
        /** A message is delivered twice. */
        TWICE,
        /** A message is done with, but its receipt is lost, so that it comes again. */
        UNACKNOWLEDGED,
        /** SES says 429. */
        THROTTLED,
        /** SES can't be reached. */
        UNREACHABLE,
        /** SES refuses one recipient. */
        RECIPIENT_REFUSED,
        /** SES refuses everybody for a while. */
        ACCOUNT_REFUSED,
        /** Nobody knows whether SES took it. */
        AMBIGUOUS,
        /** A message or an event gets lost for good. */
        VANISHED
    }

    private static final double[] RATES = {0.002, 0.01, 0.05};

    private static final Set<Fault> SLOWING = EnumSet.of(Fault.FREEZE, Fault.HUNG, Fault.SLOW);

    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private final SplittableRandom random;
    private final Duration skew;
    private boolean clear;

    FaultPlan(SplittableRandom random) {
        this.random = random;
        for (var fault : Fault.values()) if (chance(0.4)) rates.put(fault, RATES[random.nextInt(RATES.length)]);
        this.skew = chance(0.3) ? Duration.ofMinutes(10) : Duration.ZERO;
    }

    /** Whether this fault strikes now. */
    boolean strikes(Fault fault) {
        var rate = rates.get(fault);
        if (clear || rate == null || !chance(rate)) return false;
        met.merge(fault, 1, Integer::sum);
        return true;
    }

    /** Nothing goes wrong from here on. */
    void clear() {
        clear = true;
    }

    boolean isClear() {
        return clear;
    }

    /** Whether something of this probability happens. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number from 0, below this. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of these. */
    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    /** Up to this long, to the millisecond. */
    Duration upTo(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }

    /** How far off a new process' clock is. */
    Duration clockOff() {
        if (skew.isZero()) return skew;
        return upTo(skew.multipliedBy(2)).minus(skew);
    }

    /** Whether a claim may have looked older than any sender lives. */
    boolean slowed() {
        return !skew.isZero() || met.keySet().stream().anyMatch(SLOWING::contains);
    }

    /** How often each fault struck. */
    Map<Fault, Integer> met() {
        return met;
    }

    @Override
    public String toString() {
        return rates + " clocks off by " + skew;
    }
}

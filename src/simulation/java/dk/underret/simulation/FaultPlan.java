package dk.underret.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Decides which faults occur under one seed, and how often. Each seed has only some kinds of fault, so that a rare combination of
 * two isn't hidden by the others. {@link #clear} ends all faults.
 */
final class FaultPlan {
    /** A kind of fault. */
    enum Fault {
        /** The call isn't executed and throws. */
        REFUSED,
        /** The call is executed and throws. */
        ANSWER_LOST,
        /** The call is executed, its answer is lost, and the client repeats it. The SDK does so for every service except SES. */
        REPEATED,
        /** The call exceeds the caller's timeout and throws, executed or not. */
        HUNG,
        /** The call takes seconds. */
        SLOW,
        /** The process ends before or after the call. */
        CRASH,
        /** All threads of the process stop for up to 20 minutes. */
        FREEZE,
        /** A message is delivered twice. */
        DELIVERED_TWICE,
        /** A message is processed and its deletion is lost, so it is delivered again. */
        UNACKNOWLEDGED,
        /** SES answers 429. */
        THROTTLED,
        /** The connection to SES fails. */
        UNREACHABLE,
        /** SES refuses one recipient. */
        RECIPIENT_REFUSED,
        /** SES refuses the whole account for up to 10 minutes. */
        ACCOUNT_REFUSED,
        /** SES accepts the letter or not, and its answer is lost. */
        AMBIGUOUS,
        /** A message or an event is lost permanently. */
        MESSAGE_LOST
    }

    private static final double[] RATES = {0.002, 0.01, 0.05};

    private static final Set<Fault> DELAYING = EnumSet.of(Fault.FREEZE, Fault.HUNG, Fault.SLOW);

    private final Map<Fault, Double> rates = new EnumMap<>(Fault.class);
    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final SplittableRandom random;
    private final Duration maxSkew;
    private boolean clear;

    FaultPlan(SplittableRandom random) {
        this.random = random;
        for (var fault : Fault.values()) if (chance(0.4)) rates.put(fault, RATES[random.nextInt(RATES.length)]);
        this.maxSkew = chance(0.3) ? Duration.ofMinutes(10) : Duration.ZERO;
    }

    /** Returns whether this fault occurs now, and counts it. */
    boolean occurs(Fault fault) {
        var rate = rates.get(fault);
        if (clear || rate == null || !chance(rate)) return false;
        counts.merge(fault, 1, Integer::sum);
        return true;
    }

    /** Ends all faults. */
    void clear() {
        clear = true;
    }

    boolean isClear() {
        return clear;
    }

    /** Returns true with this probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Returns a random number from 0 up to, not including, {@code bound}. */
    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /** Returns one of these values. */
    @SafeVarargs
    final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns a random duration from zero to {@code max}, in whole milliseconds. */
    Duration durationUpTo(Duration max) {
        return Duration.ofMillis(random.nextLong(max.toMillis() + 1));
    }

    /** Returns the clock skew of a new process. */
    Duration clockSkew() {
        if (maxSkew.isZero()) return maxSkew;
        return durationUpTo(maxSkew.multipliedBy(2)).minus(maxSkew);
    }

    /** Returns whether a fault may have made a claim of a live sender look stale. */
    boolean delayed() {
        return !maxSkew.isZero() || counts.keySet().stream().anyMatch(DELAYING::contains);
    }

    /** Returns how often each fault occurred. */
    Map<Fault, Integer> counts() {
        return counts;
    }

    @Override
    public String toString() {
        return rates + " clock skew up to " + maxSkew;
    }
}

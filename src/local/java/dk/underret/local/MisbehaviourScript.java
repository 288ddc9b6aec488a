package dk.underret.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which messages the simulated SES treats how: rules in order, the first that fits a message counts. As text, a line each:
 * {@code <recipient's address or *> <misbehaviour> [how often] [after how many others]}, for example {@code * THROTTLED 5 20}; what
 * no rule fits is left to a line {@code odds <seed> <misbehaviour> <share> …}, see {@link FaultRates}. Thread-safe.
 */
public final class MisbehaviourScript {
    private static final class Rule {
        private final String address;
        private final Misbehaviour misbehaviour;
        private long times;
        private long after;

        private Rule(String address, Misbehaviour misbehaviour, long times, long after) {
            this.address = address;
            this.misbehaviour = misbehaviour;
            this.times = times;
            this.after = after;
        }
    }

    private final List<Rule> rules = new ArrayList<>();
    private FaultRates odds = FaultRates.NONE;

    /** Treats every message so from now on. */
    public MisbehaviourScript always(Misbehaviour misbehaviour) {
        return add("*", misbehaviour, Long.MAX_VALUE, 0);
    }

    /** Treats every message to an address so. */
    public MisbehaviourScript to(String address, Misbehaviour misbehaviour) {
        return add(address, misbehaviour, Long.MAX_VALUE, 0);
    }

    /**
     * Treats some messages so.
     *
     * @param address the recipient's, or {@code *}
     * @param times how often
     * @param after how many messages that fit are let through before
     */
    public synchronized MisbehaviourScript add(String address, Misbehaviour misbehaviour, long times, long after) {
        rules.add(new Rule(address.toLowerCase(Locale.ROOT), misbehaviour, times, after));
        return this;
    }

    /** Drops every rule. */
    public synchronized void clear() {
        rules.clear();
        odds = FaultRates.NONE;
    }

    /** Replaces the rules by those of a text. */
    synchronized void read(String text) {
        clear();
        for (var line : text.split("\n")) {
            var words = line.trim().split("\\s+");
            if (words.length < 2) continue;
            if (words[0].equals("odds")) {
                odds = FaultRates.read(words);
                continue;
            }
            var times = words.length > 2 ? Long.parseLong(words[2]) : Long.MAX_VALUE;
            var after = words.length > 3 ? Long.parseLong(words[3]) : 0;
            add(words[0], Misbehaviour.valueOf(words[1]), times, after);
        }
    }

    /** What to do with the next message to an address. */
    synchronized Misbehaviour next(String address) {
        for (var rule : rules) {
            if (!rule.address.equals("*") && !rule.address.equals(address.toLowerCase(Locale.ROOT))) continue;
            if (rule.times == 0) continue;
            if (rule.after > 0) {
                rule.after--;
                continue;
            }
            rule.times--;
            return rule.misbehaviour;
        }
        return odds.next(address);
    }
}

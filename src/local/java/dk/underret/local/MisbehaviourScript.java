package dk.underret.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides how the simulated SES treats each message: the first rule that matches the recipient applies. A text script has one rule
 * per line, {@code <recipient's address or *> <misbehaviour> [times] [after]}: {@code * THROTTLED 5 20} throttles five messages after
 * the first 20. A line {@code odds <seed> <misbehaviour> <share> …} applies if no rule matches; see {@link FaultRates}. Thread-safe.
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
    private FaultRates rates = FaultRates.NONE;

    /** Adds a rule for every message. */
    public MisbehaviourScript always(Misbehaviour misbehaviour) {
        return add("*", misbehaviour, Long.MAX_VALUE, 0);
    }

    /** Adds a rule for every message to an address. */
    public MisbehaviourScript to(String address, Misbehaviour misbehaviour) {
        return add(address, misbehaviour, Long.MAX_VALUE, 0);
    }

    /**
     * Adds a rule.
     *
     * @param address recipient's address, or {@code *} for every recipient
     * @param times number of messages to which the rule applies
     * @param after number of matching messages to which it doesn't apply yet
     */
    public synchronized MisbehaviourScript add(String address, Misbehaviour misbehaviour, long times, long after) {
        rules.add(new Rule(address.toLowerCase(Locale.ROOT), misbehaviour, times, after));
        return this;
    }

    /** Removes every rule. */
    public synchronized void clear() {
        rules.clear();
        rates = FaultRates.NONE;
    }

    /** Replaces the rules with those of a text script. */
    synchronized void read(String text) {
        clear();
        for (var line : text.split("\n")) {
            var fields = line.trim().split("\\s+");
            if (fields.length < 2) continue;
            if (fields[0].equals("odds")) {
                rates = FaultRates.read(fields);
                continue;
            }
            var times = fields.length > 2 ? Long.parseLong(fields[2]) : Long.MAX_VALUE;
            var after = fields.length > 3 ? Long.parseLong(fields[3]) : 0;
            add(fields[0], Misbehaviour.valueOf(fields[1]), times, after);
        }
    }

    /** Returns the misbehaviour for the next message to an address. */
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
        return rates.next(address);
    }
}

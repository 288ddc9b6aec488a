package dk.underret.bench;

import java.util.Locale;

/**
 * A measured value with its reference.
 *
 * @param what the label
 * @param value the measured value, in {@code unit}
 * @param reference the label of the reference; empty if there is none
 * @param referenceValue the value of the reference, in the same unit; 0 if there is none
 * @param goal the expected value or ratio, as text
 */
record Figure(String what, double value, String unit, String reference, double referenceValue, String goal) {
    /** Returns a figure without a reference. */
    static Figure alone(String what, double value, String unit, String goal) {
        return new Figure(what, value, unit, "", 0, goal);
    }

    /** Returns the value divided by the reference; 0 if there is none. */
    public double ratio() {
        return referenceValue == 0 ? 0 : value / referenceValue;
    }

    /** Returns the figure as a line of text. */
    String line() {
        var own = String.format(Locale.ROOT, "  %-58s %10.3f %-6s", what, value, unit);
        var against = referenceValue == 0
                ? " ".repeat(60)
                : String.format(Locale.ROOT, " | %-40s %9.3f %6.2f x", reference, referenceValue, ratio());
        return own + against + " | goal " + goal;
    }
}

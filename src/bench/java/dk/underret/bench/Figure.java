package dk.underret.bench;

import java.util.Locale;

/**
 * One figure with what it is compared to.
 *
 * @param what is measured
 * @param value in {@code unit}
 * @param reference what it is compared to
 * @param referenceValue in the same unit; 0 where there is nothing to compare to
 * @param goal in words
 */
record Figure(String what, double value, String unit, String reference, double referenceValue, String goal) {
    /** A figure that stands for itself. */
    static Figure alone(String what, double value, String unit, String goal) {
        return new Figure(what, value, unit, "", 0, goal);
    }

    /** Value over reference; 0 where there is none. */
    public double ratio() {
        return referenceValue == 0 ? 0 : value / referenceValue;
    }

    /** A line for the terminal. */
    String line() {
        var own = String.format(Locale.ROOT, "  %-58s %10.3f %-6s", what, value, unit);
        var against = referenceValue == 0
                ? " ".repeat(60)
                : String.format(Locale.ROOT, " | %-40s %9.3f %6.2f x", reference, referenceValue, ratio());
        return own + against + " | goal " + goal;
    }
}

package dk.underret.localstack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until a condition holds. */
final class Await {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Await() {}

    /**
     * Waits until a condition holds.
     *
     * @param seen describes the current state for the error message
     * @throws AssertionError if the condition doesn't hold in time
     */
    static void until(Duration timeout, BooleanSupplier condition, Supplier<?> seen) {
        var deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError(
                        "condition not met within " + timeout.toSeconds() + " s; current state: " + seen.get());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}

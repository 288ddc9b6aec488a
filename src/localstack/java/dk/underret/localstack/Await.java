package dk.underret.localstack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does. */
final class Await {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param seen what is seen instead, for the error
     * @throws AssertionError when it doesn't hold in time
     */
    static void until(Duration patience, BooleanSupplier condition, Supplier<?> seen) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AssertionError("not within " + patience.toSeconds() + " s; seen: " + seen.get());
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}

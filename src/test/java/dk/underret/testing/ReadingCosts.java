package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Limits the cost of reading one input. Measures the thread's own CPU time and memory, so the load of the machine doesn't matter.
 */
public final class ReadingCosts {
    private static final long MAX_NANOSECONDS = 1_000_000_000;
    private static final long MAX_BYTES = 64 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ReadingCosts() {}

    /** A function that reads an input. */
    public interface Reading<T, E extends Exception> {
        /** Reads the input. */
        T read() throws E;
    }

    /**
     * Reads an input, and asserts that it stays within the limits. Reads it again if the first reading doesn't, since that may load
     * classes.
     */
    public static <T, E extends Exception> T within(Reading<T, E> reading) throws E {
        var nanoseconds = THREADS.getCurrentThreadCpuTime();
        var bytes = THREADS.getCurrentThreadAllocatedBytes();
        var first = reading.read();
        if (THREADS.getCurrentThreadCpuTime() - nanoseconds < MAX_NANOSECONDS
                && THREADS.getCurrentThreadAllocatedBytes() - bytes < MAX_BYTES) return first;
        nanoseconds = THREADS.getCurrentThreadCpuTime();
        bytes = THREADS.getCurrentThreadAllocatedBytes();
        var second = reading.read();
        assertThat(THREADS.getCurrentThreadCpuTime() - nanoseconds)
                .as("nanoseconds")
                .isLessThan(MAX_NANOSECONDS);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes)
                .as("bytes allocated")
                .isLessThan(MAX_BYTES);
        return second;
    }
}

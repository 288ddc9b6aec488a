package dk.underret.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What reading one input may cost, by the thread's own time and memory: how busy the machine is doesn't count. */
public final class ReadingCosts {
    private static final long NANOSECONDS = 1_000_000_000;
    private static final long BYTES = 64 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ReadingCosts() {}

    /** Something that reads an input. */
    public interface Reading<T, E extends Exception> {
        /** Reads it. */
        T read() throws E;
    }

    /** Reads, and once more where it took too much: the first reading may have loaded classes. */
    public static <T, E extends Exception> T within(Reading<T, E> reading) throws E {
        var nanoseconds = THREADS.getCurrentThreadCpuTime();
        var bytes = THREADS.getCurrentThreadAllocatedBytes();
        var first = reading.read();
        if (THREADS.getCurrentThreadCpuTime() - nanoseconds < NANOSECONDS
                && THREADS.getCurrentThreadAllocatedBytes() - bytes < BYTES) return first;
        nanoseconds = THREADS.getCurrentThreadCpuTime();
        bytes = THREADS.getCurrentThreadAllocatedBytes();
        var second = reading.read();
        assertThat(THREADS.getCurrentThreadCpuTime() - nanoseconds)
                .as("nanoseconds")
                .isLessThan(NANOSECONDS);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - bytes)
                .as("bytes allocated")
                .isLessThan(BYTES);
        return second;
    }
}

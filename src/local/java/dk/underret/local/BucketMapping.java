package dk.underret.local;

import dk.underret.local.ObjectStore.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A bucket's notifications to a function: asynchronous invocations, a failed one tried twice more. */
final class BucketMapping implements AutoCloseable {
    private final Function function;
    private final List<Duration> retries;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("notifications-", 0).factory());
    private final AtomicLong open = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /**
     * A mapping.
     *
     * @param retries how long after each failure it is tried again
     */
    BucketMapping(Function function, List<Duration> retries) {
        this.function = function;
        this.retries = List.copyOf(retries);
    }

    /** Tells the function of a change; returns at once. */
    void changed(Change change) {
        if (!change.event().startsWith("ObjectCreated:")) return;
        deliver(S3Notification.of(change));
    }

    /** Delivers an event as it stands; returns at once. */
    void deliver(String event) {
        open.incrementAndGet();
        Thread.ofVirtual().start(() -> invoke(event.getBytes(StandardCharsets.UTF_8), 0));
    }

    /** Events that are not done with. */
    long open() {
        return open.get();
    }

    /** Events given up after the last retry. */
    long lost() {
        return lost.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void invoke(byte[] event, int failures) {
        try {
            switch (function.invoke(event, TraceHeader.start())) {
                case Invocation.Returned ignored -> open.decrementAndGet();
                case Invocation.Failed ignored -> again(event, failures);
                case Invocation.Stopped ignored -> giveUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            giveUp();
        }
    }

    private void again(byte[] event, int failures) {
        if (failures == retries.size()) {
            giveUp();
            return;
        }
        if (threads.isShutdown()) return;
        var delay = retries.get(failures).toMillis();
        threads.schedule(
                () -> Thread.ofVirtual().start(() -> invoke(event, failures + 1)), delay, TimeUnit.MILLISECONDS);
    }

    private void giveUp() {
        lost.incrementAndGet();
        open.decrementAndGet();
    }
}

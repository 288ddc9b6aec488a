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

/** Invokes a function asynchronously for each notification of a bucket, and retries a failed invocation as Lambda does. */
final class BucketMapping implements AutoCloseable {
    private final Function function;
    private final List<Duration> retries;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("notifications-", 0).factory());
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Creates a mapping.
     *
     * @param retries delay before each retry; the event is dropped when all have failed
     */
    BucketMapping(Function function, List<Duration> retries) {
        this.function = function;
        this.retries = List.copyOf(retries);
    }

    /** Sends the notification of a change to the function if it is a write. Doesn't wait for the invocation. */
    void onChange(Change change) {
        if (!change.event().startsWith("ObjectCreated:")) return;
        deliver(S3Notification.of(change));
    }

    /** Invokes the function with an event. Doesn't wait for the invocation. */
    void deliver(String event) {
        pending.incrementAndGet();
        Thread.ofVirtual().start(() -> invoke(event.getBytes(StandardCharsets.UTF_8), 0));
    }

    /** Returns the number of events that are neither processed nor dropped. */
    long pending() {
        return pending.get();
    }

    /** Returns the number of events dropped after the last retry. */
    long dropped() {
        return dropped.get();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    private void invoke(byte[] event, int failures) {
        try {
            switch (function.invoke(event, TraceHeader.start())) {
                case Invocation.Returned ignored -> pending.decrementAndGet();
                case Invocation.Failed ignored -> retry(event, failures);
                case Invocation.Stopped ignored -> drop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            drop();
        }
    }

    private void retry(byte[] event, int failures) {
        if (failures == retries.size()) {
            drop();
            return;
        }
        if (scheduler.isShutdown()) return;
        var delay = retries.get(failures).toMillis();
        scheduler.schedule(
                () -> Thread.ofVirtual().start(() -> invoke(event, failures + 1)), delay, TimeUnit.MILLISECONDS);
    }

    private void drop() {
        dropped.incrementAndGet();
        pending.decrementAndGet();
    }
}

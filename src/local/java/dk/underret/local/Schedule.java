package dk.underret.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Invokes a function at a fixed delay. Invocations never overlap. */
final class Schedule implements AutoCloseable {
    private final Function function;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    Schedule(Function function, Duration every) {
        this.function = function;
        thread.scheduleWithFixedDelay(this::invoke, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void invoke() {
        var event = Json.write(
                Map.of("source", "aws.scheduler", "time", Instant.now().toString()));
        try {
            function.invoke(event.getBytes(StandardCharsets.UTF_8), TraceHeader.start());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The function is closed, so the local AWS is closing.
            thread.shutdown();
        }
    }
}

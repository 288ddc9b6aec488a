package dk.underret.local;

import java.util.concurrent.CompletableFuture;

/** A step of the start that runs beside the others. */
interface StartupStep {
    /** Does it. */
    void run() throws Exception;

    /** Runs a step on a thread of its own; the answer fails where the step does. */
    static CompletableFuture<Void> aside(StartupStep step) {
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                step.run();
                done.complete(null);
            } catch (Exception | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}

package dk.underret.local;

import java.util.concurrent.CompletableFuture;

/** A step of the startup that runs in parallel with others. */
interface StartupStep {
    /** Runs the step. */
    void run() throws Exception;

    /** Runs a step on a new thread. The future completes with the step's exception if it fails. */
    static CompletableFuture<Void> async(StartupStep step) {
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

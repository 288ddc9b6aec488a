package dk.underret.simulation;

/** Ends a process: each of its threads throws this at its next call of a port. No handler catches it. */
final class ProcessCrash extends Error {
    ProcessCrash() {
        super("the process ended", null, false, false);
    }
}

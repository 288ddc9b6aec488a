package dk.underret.simulation;

/** The end of a process: thrown at each of its threads' next calls of a port. No handler catches it. */
final class ProcessCrash extends Error {
    ProcessCrash() {
        super("the process ended", null, false, false);
    }
}

package dk.underret.local;

import dk.underret.local.FunctionSpec.Trigger;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the local AWS is set up. What AWS counts in minutes is seconds here.
 *
 * @param folder what it leaves goes there; emptied at the start
 * @param classPath the functions': jars, folders, {@code lib/*}
 * @param functions those whose class is on that path are started, the others are not there
 * @param visibility of a message that was received
 * @param retryAfter how long after a failed invocation its message, or the event, comes back
 * @param staleAfter a claim of another sender that is older is stale
 * @param sweep the schedule's pace
 * @param ses the simulated SES's account
 * @param externalSes another SES in its place
 * @param environment more variables of the functions, over those that they have
 */
public record Parameters(
        Path folder,
        String classPath,
        List<FunctionSpec> functions,
        Duration visibility,
        Duration retryAfter,
        Duration staleAfter,
        Duration sweep,
        SimulatedSes.Account ses,
        Optional<URI> externalSes,
        Map<String, String> environment) {
    /** Senders at once, unless told otherwise. */
    public static final int SENDERS = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Copies the collections. */
    public Parameters {
        functions = List.copyOf(functions);
        environment = Map.copyOf(environment);
    }

    /**
     * The functions as they ship, from the folder that the build left.
     *
     * @param folder what the local AWS leaves goes there
     * @param function the build's {@code target/function}
     */
    public static Parameters of(Path folder, Path function) {
        return new Parameters(
                folder,
                function.resolve("lib") + File.separator + "*",
                shipped(SENDERS),
                TIMEOUT.plusSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                SimulatedSes.Account.DEFAULT,
                Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL_SESV2")).map(URI::create),
                Map.of("SENDERS", "" + SENDERS));
    }

    /** The shipped functions with so many senders. */
    static List<FunctionSpec> shipped(int senders) {
        var house = "dk.underret.lambda.";
        return List.of(
                new FunctionSpec(house + "IntakeHandler", Trigger.UPLOADS, 2, 1, 1024, TIMEOUT, false),
                new FunctionSpec(
                        house + "DispatchHandler", Trigger.DISPATCH_QUEUE, senders, senders, 1024, TIMEOUT, true),
                new FunctionSpec(house + "FeedbackHandler", Trigger.FEEDBACK_QUEUE, 1, 1, 1024, TIMEOUT, false),
                new FunctionSpec(house + "SweepHandler", Trigger.SCHEDULE, 1, 0, 1024, TIMEOUT, false));
    }

    /** With other functions from another class path. */
    public Parameters functions(String path, List<FunctionSpec> others) {
        return new Parameters(
                folder, path, others, visibility, retryAfter, staleAfter, sweep, ses, externalSes, environment);
    }

    /** With so many senders. */
    public Parameters senders(int senders) {
        return functions(classPath, shipped(senders)).environment(Map.of("SENDERS", "" + senders));
    }

    /** With so many instances of a function at once, by its handler's simple name. */
    public Parameters instances(String name, int instances) {
        return functions(
                classPath,
                functions.stream()
                        .map(f -> f.name().equals(name) ? f.instances(instances) : f)
                        .toList());
    }

    /** With other times. */
    public Parameters times(Duration visible, Duration retry, Duration stale) {
        return new Parameters(
                folder, classPath, functions, visible, retry, stale, sweep, ses, externalSes, environment);
    }

    /** With another account of the simulated SES. */
    public Parameters ses(SimulatedSes.Account account) {
        return new Parameters(
                folder,
                classPath,
                functions,
                visibility,
                retryAfter,
                staleAfter,
                sweep,
                account,
                externalSes,
                environment);
    }

    /** With another SES in place of the simulated one. */
    public Parameters externalSes(URI endpoint) {
        return new Parameters(
                folder,
                classPath,
                functions,
                visibility,
                retryAfter,
                staleAfter,
                sweep,
                ses,
                Optional.of(endpoint),
                environment);
    }

    /** With more variables. */
    public Parameters environment(Map<String, String> more) {
        var all = new java.util.HashMap<>(environment);
        all.putAll(more);
        return new Parameters(
                folder, classPath, functions, visibility, retryAfter, staleAfter, sweep, ses, externalSes, all);
    }
}

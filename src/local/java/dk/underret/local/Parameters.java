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
 * The configuration of the local AWS. Times that are minutes on AWS are seconds here.
 *
 * @param folder folder of the result files; emptied at the start
 * @param classPath class path of the functions: jars, folders, {@code lib/*}
 * @param functions functions to start; one whose class is not on the class path is left out
 * @param visibility visibility timeout of the queues
 * @param retryAfter delay before the message or event of a failed invocation is delivered again
 * @param staleAfter age from which another sender's claim is stale
 * @param sweep interval of the Sweep
 * @param ses account of the simulated SES
 * @param externalSes endpoint of an SES that replaces the simulated one
 * @param environment additional environment variables of the functions; they override the defaults
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
    /** The default number of concurrent senders. */
    public static final int SENDERS = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Copies the collections. */
    public Parameters {
        functions = List.copyOf(functions);
        environment = Map.copyOf(environment);
    }

    /**
     * Returns the default configuration, with the functions that the build produced.
     *
     * @param folder folder of the result files
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

    /** Returns the shipped functions with a number of senders. */
    static List<FunctionSpec> shipped(int senders) {
        var handlers = "dk.underret.lambda.";
        return List.of(
                new FunctionSpec(handlers + "IntakeHandler", Trigger.UPLOADS, 2, 1, 1024, TIMEOUT, false),
                new FunctionSpec(
                        handlers + "DispatchHandler", Trigger.DISPATCH_QUEUE, senders, senders, 1024, TIMEOUT, true),
                new FunctionSpec(handlers + "FeedbackHandler", Trigger.FEEDBACK_QUEUE, 1, 1, 1024, TIMEOUT, false),
                new FunctionSpec(handlers + "SweepHandler", Trigger.SCHEDULE, 1, 0, 1024, TIMEOUT, false));
    }

    /** Returns a copy with other functions from another class path. */
    public Parameters functions(String path, List<FunctionSpec> others) {
        return new Parameters(
                folder, path, others, visibility, retryAfter, staleAfter, sweep, ses, externalSes, environment);
    }

    /** Returns a copy with another number of senders. */
    public Parameters senders(int senders) {
        return functions(classPath, shipped(senders)).environment(Map.of("SENDERS", "" + senders));
    }

    /** Returns a copy with another number of concurrent instances of a function, by the simple name of its handler. */
    public Parameters instances(String name, int instances) {
        return functions(
                classPath,
                functions.stream()
                        .map(f -> f.name().equals(name) ? f.instances(instances) : f)
                        .toList());
    }

    /** Returns a copy with other times. */
    public Parameters times(Duration visible, Duration retry, Duration stale) {
        return new Parameters(
                folder, classPath, functions, visible, retry, stale, sweep, ses, externalSes, environment);
    }

    /** Returns a copy with another account of the simulated SES. */
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

    /** Returns a copy with an external SES instead of the simulated one. */
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

    /** Returns a copy with additional environment variables. */
    public Parameters environment(Map<String, String> more) {
        var all = new java.util.HashMap<>(environment);
        all.putAll(more);
        return new Parameters(
                folder, classPath, functions, visibility, retryAfter, staleAfter, sweep, ses, externalSes, all);
    }
}

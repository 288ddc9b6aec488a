package dk.underret.local;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * An execution environment: a child process with Lambda's own runtime interface client, and the Runtime API that it polls. It runs
 * one invocation at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class Instance {
    private static final String API = "/2018-06-01/runtime/";
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** Names the file of the client's native library. Without it, concurrent children extract the library to the same file. */
    private static final String NATIVE_LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private record PendingInvocation(
            String id, byte[] event, String trace, long deadline, CompletableFuture<Invocation> done) {}

    private final FunctionSpec spec;
    private final WebServer server;
    private final Process process;
    private final LinkedBlockingQueue<PendingInvocation> next = new LinkedBlockingQueue<>();
    private volatile PendingInvocation current;

    /**
     * Starts the child process.
     *
     * @param classPath class path of the runtime interface client and the function
     * @param environment environment variables of the function
     * @param log receives each line that the child prints
     */
    Instance(FunctionSpec spec, String classPath, Map<String, String> environment, Consumer<String> log)
            throws IOException {
        this.spec = spec;
        server = WebServer.start(0, this::handle);
        process = start(classPath, environment);
        // A platform thread: reading a pipe pins the carrier of a virtual thread, and there are only as many carriers
        // as cores.
        Thread.ofPlatform()
                .daemon()
                .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(log));
        process.onExit().thenRun(() -> complete(new Invocation.Failed("Runtime.ExitError")));
    }

    private Process start(String classPath, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx" + spec.memory() * 85 / 100 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + NATIVE_LIBRARY_PROPERTY + "=" + FunctionPath.nativeLibrary(),
                "-cp",
                classPath,
                CLIENT,
                spec.handler()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(lambdaVariables());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Map<String, String> lambdaVariables() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_LAMBDA_RUNTIME_API", server.authority());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", spec.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + spec.memory());
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + spec.name());
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        variables.put("_HANDLER", spec.handler());
        variables.put("LANG", "C.UTF-8");
        variables.put("TZ", "UTC");
        variables.put("PATH", System.getenv().getOrDefault("PATH", ""));
        return variables;
    }

    /** Invokes the function and waits for the result. Kills the child if the invocation exceeds the function's timeout. */
    Invocation invoke(byte[] event, TraceHeader trace) throws InterruptedException {
        var done = new CompletableFuture<Invocation>();
        var deadline = System.currentTimeMillis() + spec.timeout().toMillis();
        var pending = new PendingInvocation(UUID.randomUUID().toString(), event, trace.header(), deadline, done);
        current = pending;
        next.add(pending);
        if (!process.isAlive()) return new Invocation.Failed("Runtime.ExitError");
        try {
            return done.get(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            return new Invocation.Failed("Sandbox.Timedout");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the future is never completed exceptionally", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Returns the last event that the child received, processed or not. */
    Optional<String> lastEvent() {
        return Optional.ofNullable(current).map(pending -> new String(pending.event(), StandardCharsets.UTF_8));
    }

    /** Kills the child with SIGKILL and waits until it has ended. */
    void kill() {
        process.destroyForcibly();
        process.onExit()
                .orTimeout(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Kills the child and closes its Runtime API. */
    void close() {
        kill();
        server.close();
    }

    private Response handle(Request request) throws InterruptedException {
        var path = request.path();
        if (request.method().equals("GET") && path.equals(API + "invocation/next")) return next();
        if (path.equals(API + "init/error")) {
            complete(new Invocation.Failed("Runtime.InitError"));
            return accepted();
        }
        var pending = current;
        if (pending == null || !path.startsWith(API + "invocation/" + pending.id() + "/"))
            return Response.error(400, "InvalidRequestID", "unknown invocation");
        complete(path.endsWith("/response") ? new Invocation.Returned(request.body()) : failed(request));
        return accepted();
    }

    private Response next() throws InterruptedException {
        var pending = next.take();
        var headers = Map.of(
                "Lambda-Runtime-Aws-Request-Id",
                pending.id(),
                "Lambda-Runtime-Deadline-Ms",
                "" + pending.deadline(),
                "Lambda-Runtime-Trace-Id",
                pending.trace(),
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":function:" + spec.name(),
                "Content-Type",
                "application/json");
        return new Response.Full(200, headers, pending.event());
    }

    private static Invocation failed(Request request) {
        return new Invocation.Failed(
                request.header("lambda-runtime-function-error-type").orElse("Unhandled"));
    }

    private static Response accepted() {
        return Response.json(202, Map.of("status", "OK"));
    }

    private void complete(Invocation outcome) {
        var pending = current;
        if (pending != null) pending.done().complete(outcome);
    }
}

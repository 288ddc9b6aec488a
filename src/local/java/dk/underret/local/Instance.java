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
 * One execution environment: a child process that runs Lambda's own runtime interface client, and the Runtime API that it polls.
 * One invocation at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime API</a>
 */
final class Instance {
    private static final String API = "/2018-06-01/runtime/";
    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** Names the client's native library; else each child would write it to the same file, under the feet of the others. */
    private static final String NATIVE = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private record Work(String id, byte[] event, String trace, long deadline, CompletableFuture<Invocation> done) {}

    private final FunctionSpec spec;
    private final WebServer server;
    private final Process process;
    private final LinkedBlockingQueue<Work> next = new LinkedBlockingQueue<>();
    private volatile Work current;

    /**
     * Starts the child.
     *
     * @param classPath the runtime interface client and the function
     * @param environment the function's variables
     * @param log told each line that the child prints
     */
    Instance(FunctionSpec spec, String classPath, Map<String, String> environment, Consumer<String> log)
            throws IOException {
        this.spec = spec;
        server = WebServer.start(0, this::answer);
        process = start(classPath, environment);
        // Reading a pipe holds a virtual thread's carrier, and there are no more carriers than cores.
        Thread.ofPlatform()
                .daemon()
                .start(() -> process.inputReader(StandardCharsets.UTF_8).lines().forEach(log));
        process.onExit().thenRun(() -> finish(new Invocation.Failed("Runtime.ExitError")));
    }

    private Process start(String classPath, Map<String, String> environment) throws IOException {
        var command = new ArrayList<String>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx" + spec.memory() * 85 / 100 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + NATIVE + "=" + FunctionPath.nativeLibrary(),
                "-cp",
                classPath,
                CLIENT,
                spec.handler()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(lambda());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Map<String, String> lambda() {
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

    /** Invokes the function and waits for what comes of it; a child that takes too long is killed. */
    Invocation invoke(byte[] event, TraceHeader trace) throws InterruptedException {
        var done = new CompletableFuture<Invocation>();
        var deadline = System.currentTimeMillis() + spec.timeout().toMillis();
        var work = new Work(UUID.randomUUID().toString(), event, trace.header(), deadline, done);
        current = work;
        next.add(work);
        if (!process.isAlive()) return new Invocation.Failed("Runtime.ExitError");
        try {
            return done.get(spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            kill();
            return new Invocation.Failed("Sandbox.Timedout");
        } catch (ExecutionException e) {
            throw new IllegalStateException("no one completes it so", e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** The event that it was given last, whether it is done with that or not. */
    Optional<String> lastEvent() {
        return Optional.ofNullable(current).map(work -> new String(work.event(), StandardCharsets.UTF_8));
    }

    /** Ends the child as SIGKILL does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit()
                .orTimeout(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Ends the child and its Runtime API. */
    void end() {
        kill();
        server.close();
    }

    private Response answer(Request request) throws InterruptedException {
        var path = request.path();
        if (request.method().equals("GET") && path.equals(API + "invocation/next")) return next();
        if (path.equals(API + "init/error")) {
            finish(new Invocation.Failed("Runtime.InitError"));
            return accepted();
        }
        var work = current;
        if (work == null || !path.startsWith(API + "invocation/" + work.id() + "/"))
            return Response.error(400, "InvalidRequestID", "there is no such invocation");
        finish(path.endsWith("/response") ? new Invocation.Returned(request.body()) : failed(request));
        return accepted();
    }

    private Response next() throws InterruptedException {
        var work = next.take();
        var headers = Map.of(
                "Lambda-Runtime-Aws-Request-Id",
                work.id(),
                "Lambda-Runtime-Deadline-Ms",
                "" + work.deadline(),
                "Lambda-Runtime-Trace-Id",
                work.trace(),
                "Lambda-Runtime-Invoked-Function-Arn",
                "arn:aws:lambda:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":function:" + spec.name(),
                "Content-Type",
                "application/json");
        return new Response.Whole(200, headers, work.event());
    }

    private static Invocation failed(Request request) {
        return new Invocation.Failed(
                request.header("lambda-runtime-function-error-type").orElse("Unhandled"));
    }

    private static Response accepted() {
        return Response.json(202, Map.of("status", "OK"));
    }

    private void finish(Invocation outcome) {
        var work = current;
        if (work != null) work.done().complete(outcome);
    }
}

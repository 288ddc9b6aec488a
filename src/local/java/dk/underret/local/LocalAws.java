package dk.underret.local;

import dk.underret.local.FunctionSpec.Trigger;
import dk.underret.local.LocalQueues.Depth;
import dk.underret.local.ObjectStore.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The AWS services that the functions use, on this machine, and the functions in child processes. Every server listens on a free
 * port of 127.0.0.1 and starts empty. Closing it ends the children; a shutdown hook ends them if this process ends first.
 */
public final class LocalAws implements AutoCloseable {
    /** The AWS region of every resource. */
    public static final String REGION = "eu-west-1";

    /** The AWS account of every resource. */
    public static final String ACCOUNT = "000000000000";

    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "local";

    private final Parameters parameters;
    private final FunctionPath path;
    private final Ports ports = Ports.free();
    private final Log log;
    private final ObjectStore objects = new ObjectStore(this::onChange);
    private final WebServer s3Server = WebServer.start(0, new S3Server(objects));
    private final WebServer kmsServer = WebServer.start(0, new LocalKms());
    private final DynamoDbClient dynamodb = Clients.dynamodb(Ports.endpoint(ports.dynamodb()));
    private final SqsClient sqs = Clients.sqs(Ports.endpoint(ports.sqs()));
    private final S3Client s3 = Clients.s3(URI.create(s3Server.url()));
    private final Optional<SnsTopic> topic;
    private final Optional<SimulatedSes> ses;
    private final List<Function> functions = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> mappings = new ArrayList<>();
    private final List<AutoCloseable> servers = new CopyOnWriteArrayList<>();
    private final Thread shutdownHook = new Thread(this::endChildren, "end-children");
    private final List<Consumer<Change>> writeListeners = new CopyOnWriteArrayList<>();
    private volatile Optional<BucketMapping> uploads = Optional.empty();
    private volatile boolean ready;

    private LocalAws(Parameters parameters) throws IOException {
        this.parameters = parameters;
        path = new FunctionPath(parameters.classPath());
        Folders.empty(parameters.folder());
        log = new Log(parameters.folder().resolve("log.jsonl"));
        for (var bucket : ResourceNames.BUCKETS) objects.create(bucket);
        // SES publishes events only if the feedback function exists: otherwise the queue would grow.
        var hasFeedback = specs().stream().anyMatch(f -> f.trigger() == Trigger.FEEDBACK_QUEUE);
        var simulated = parameters.externalSes().isEmpty();
        topic = hasFeedback && simulated
                ? Optional.of(new SnsTopic(sqs, queueUrl(LocalQueues.FEEDBACK)))
                : Optional.empty();
        Files.createDirectories(outbox());
        var events = topic.isPresent() ? topic.get() : SesEvents.NONE;
        ses = simulated ? Optional.of(SimulatedSes.start(0, parameters.ses(), outbox(), events)) : Optional.empty();
    }

    /** Starts every server and function, the slow ones in parallel. */
    public static LocalAws start(Parameters parameters) throws Exception {
        var aws = new LocalAws(parameters);
        try {
            aws.start();
            return aws;
        } catch (Exception | Error e) {
            aws.close();
            throw e;
        }
    }

    private void start() throws Exception {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        var tables = StartupStep.async(() -> {
            servers.add(LocalTables.start(ports.dynamodb()));
            LocalTables.create(dynamodb);
        });
        var queues = StartupStep.async(() -> {
            servers.add(LocalQueues.start(ports.sqs()));
            LocalQueues.create(sqs, LocalQueues.DISPATCH, parameters.visibility());
            LocalQueues.create(sqs, LocalQueues.FEEDBACK, parameters.visibility());
        });
        var variables = LocalEnvironment.environment(parameters, endpoints(), queueUrl(LocalQueues.DISPATCH));
        for (var spec : specs())
            functions.add(new Function(
                    spec, path.withRuntime(), variables, line -> log.line(spec.name(), line), this::writeDescription));
        tables.join();
        queues.join();
        functions.forEach(this::map);
        ready = true;
        writeDescription();
    }

    private List<FunctionSpec> specs() throws IOException {
        var deployed = new ArrayList<FunctionSpec>();
        for (var spec : parameters.functions()) if (path.contains(spec.handler())) deployed.add(spec);
        return deployed;
    }

    private void map(Function function) {
        var retry = parameters.retryAfter();
        mappings.add(
                switch (function.spec().trigger()) {
                    case UPLOADS -> {
                        var mapping = new BucketMapping(function, List.of(retry, retry.multipliedBy(2)));
                        uploads = Optional.of(mapping);
                        yield mapping;
                    }
                    case DISPATCH_QUEUE -> new QueueMapping(sqs, queueUrl(LocalQueues.DISPATCH), function, 1, retry);
                    case FEEDBACK_QUEUE -> new QueueMapping(sqs, queueUrl(LocalQueues.FEEDBACK), function, 10, retry);
                    case SCHEDULE -> new Schedule(function, parameters.sweep());
                });
    }

    private void onChange(Change change) {
        writeListeners.forEach(listener -> listener.accept(change));
        if (change.bucket().equals(ResourceNames.UPLOADS)) uploads.ifPresent(mapping -> mapping.onChange(change));
    }

    private synchronized void writeDescription() {
        if (!ready) return;
        var children = new TreeMap<String, Object>();
        functions.forEach(f -> children.put(f.spec().name(), f.pids()));
        try {
            Folders.replace(
                    parameters.folder().resolve("local.json"),
                    Json.pretty(LocalEnvironment.description(this, children)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the endpoints by service: the suffix of {@code AWS_ENDPOINT_URL_…} in lower case. */
    public Map<String, String> endpoints() {
        var endpoints = new TreeMap<String, String>();
        endpoints.put("s3", s3Server.url());
        endpoints.put("dynamodb", Ports.endpoint(ports.dynamodb()).toString());
        endpoints.put("sqs", Ports.endpoint(ports.sqs()).toString());
        endpoints.put("kms", kmsServer.url());
        endpoints.put(
                "sesv2",
                ses.map(SimulatedSes::url)
                        .or(() -> parameters.externalSes().map(URI::toString))
                        .orElseThrow());
        return endpoints;
    }

    /** Returns a DynamoDB client. */
    public DynamoDbClient dynamodb() {
        return dynamodb;
    }

    /** Returns an S3 client. */
    public S3Client s3() {
        return s3;
    }

    /** Returns an SQS client. */
    public SqsClient sqs() {
        return sqs;
    }

    /** Returns the simulated SES; empty if an external SES replaces it. */
    public Optional<SimulatedSes> ses() {
        return ses;
    }

    /** Returns the folder of the simulated SES's journal. */
    public Path outbox() {
        return parameters.folder().resolve("outbox");
    }

    /** Returns the folder of the result files. */
    public Path folder() {
        return parameters.folder();
    }

    /** Returns the messages that the simulated SES accepted, in order. */
    public List<Journal.Message> journal() throws IOException {
        return Journal.read(outbox());
    }

    /** Returns the URL of a queue. */
    public String queueUrl(String name) {
        return LocalQueues.url(ports.sqs(), name);
    }

    /**
     * Uploads a file to the uploads bucket.
     *
     * @return the object's version
     */
    public String upload(String key, byte[] content) {
        return s3.putObject(put -> put.bucket(ResourceNames.UPLOADS).key(key), RequestBody.fromBytes(content))
                .versionId();
    }

    /**
     * Writes facts to the incidents table, as an operator does with the AWS CLI.
     *
     * @param notice id of the notice; {@code incident} for the shared facts
     */
    public void putFacts(String incident, String notice, Map<String, Object> facts) {
        var item = AttributeJson.attributes(facts);
        item.putAll(AttributeJson.attributes(Map.of("incident_id", incident, "notice_id", notice)));
        dynamodb.putItem(put -> put.tableName(LocalTables.INCIDENTS).item(item));
    }

    /** Delivers an S3 event to Intake once more, as S3 may. */
    public void deliver(String event) {
        uploads.orElseThrow().deliver(event);
    }

    /** Returns the process ids of a function's live instances, by the simple name of its handler. */
    public List<Long> children(String handler) {
        return functions.stream()
                .filter(f -> f.spec().name().equals(handler))
                .flatMap(f -> f.pids().stream())
                .toList();
    }

    /**
     * Kills an instance with SIGKILL. The next invocation starts another.
     *
     * @return the last event that it received; empty if it received none
     */
    public Optional<String> kill(long pid) {
        return functions.stream().flatMap(f -> f.kill(pid).stream()).findFirst();
    }

    /** Registers a listener that is called for each change in a bucket, before the writer gets its response. */
    void onWrite(Consumer<Change> listener) {
        writeListeners.add(listener);
    }

    /** Registers a listener for the events of a function, by the simple name of its handler. */
    void onEvent(String handler, Consumer<String> listener) {
        functions.stream().filter(f -> f.spec().name().equals(handler)).forEach(f -> f.onEvent(listener));
    }

    /** Returns the number of messages on a queue. */
    Depth depth(String name) {
        return LocalQueues.depth(sqs, queueUrl(name));
    }

    /** Returns whether no event is queued or being processed. Ignores scheduled invocations. */
    boolean idle() {
        return uploads.map(mapping -> mapping.pending() == 0).orElse(true)
                && functions.stream()
                        .filter(f -> f.spec().trigger() != Trigger.SCHEDULE)
                        .allMatch(f -> f.running() == 0)
                && topic.map(t -> t.drained() && depth(LocalQueues.FEEDBACK).total() == 0)
                        .orElse(true);
    }

    /** Returns the number of upload events that were dropped because Intake failed at every attempt. */
    long droppedUploadEvents() {
        return uploads.map(BucketMapping::dropped).orElse(0L);
    }

    /** Returns the content of the buckets. */
    ObjectStore objects() {
        return objects;
    }

    private void endChildren() {
        for (var function : functions) function.close();
    }

    @Override
    public void close() throws Exception {
        ready = false;
        for (var mapping : mappings) mapping.close();
        endChildren();
        for (var client : List.of(s3, sqs, dynamodb)) client.close();
        if (topic.isPresent()) topic.get().close();
        if (ses.isPresent()) ses.get().close();
        for (var server : servers) server.close();
        s3Server.close();
        kmsServer.close();
        log.close();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down, so the hook runs anyway.
            return;
        }
    }
}

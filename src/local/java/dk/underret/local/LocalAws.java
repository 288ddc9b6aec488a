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
 * AWS on this machine, with the functions of this project in child processes. Everything listens on free ports of 127.0.0.1 and
 * starts empty; closing it, and the end of this process in any way, ends the children.
 */
public final class LocalAws implements AutoCloseable {
    /** The region of everything. */
    public static final String REGION = "eu-west-1";

    /** The account of everything. */
    public static final String ACCOUNT = "000000000000";

    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "local";

    private final Parameters parameters;
    private final FunctionPath path;
    private final Ports ports = Ports.free();
    private final Log log;
    private final ObjectStore objects = new ObjectStore(this::changed);
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
    private final Thread hook = new Thread(this::endChildren, "end-children");
    private final List<Consumer<Change>> writes = new CopyOnWriteArrayList<>();
    private volatile Optional<BucketMapping> uploads = Optional.empty();
    private volatile boolean ready;

    private LocalAws(Parameters parameters) throws IOException {
        this.parameters = parameters;
        path = new FunctionPath(parameters.classPath());
        Folders.empty(parameters.folder());
        log = new Log(parameters.folder().resolve("log.jsonl"));
        for (var bucket : ResourceNames.BUCKETS) objects.create(bucket);
        // Events go where somebody reads them: without that function SES has no event destination.
        var heard = specs().stream().anyMatch(f -> f.trigger() == Trigger.FEEDBACK_QUEUE);
        var simulated = parameters.externalSes().isEmpty();
        topic = heard && simulated ? Optional.of(new SnsTopic(sqs, queueUrl(LocalQueues.FEEDBACK))) : Optional.empty();
        Files.createDirectories(outbox());
        var events = topic.isPresent() ? topic.get() : SesEvents.NONE;
        ses = simulated ? Optional.of(SimulatedSes.start(0, parameters.ses(), outbox(), events)) : Optional.empty();
    }

    /** Starts every part, the slow ones side by side. */
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
        Runtime.getRuntime().addShutdownHook(hook);
        var tables = StartupStep.aside(() -> {
            servers.add(LocalTables.start(ports.dynamodb()));
            LocalTables.create(dynamodb);
        });
        var queues = StartupStep.aside(() -> {
            servers.add(LocalQueues.start(ports.sqs()));
            LocalQueues.create(sqs, LocalQueues.DISPATCH, parameters.visibility());
            LocalQueues.create(sqs, LocalQueues.FEEDBACK, parameters.visibility());
        });
        var variables = LocalEnvironment.environment(parameters, endpoints(), queueUrl(LocalQueues.DISPATCH));
        for (var spec : specs())
            functions.add(
                    new Function(spec, path.whole(), variables, line -> log.line(spec.name(), line), this::describe));
        tables.join();
        queues.join();
        functions.forEach(this::map);
        ready = true;
        describe();
    }

    private List<FunctionSpec> specs() throws IOException {
        var present = new ArrayList<FunctionSpec>();
        for (var spec : parameters.functions()) if (path.has(spec.handler())) present.add(spec);
        return present;
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

    private void changed(Change change) {
        writes.forEach(watcher -> watcher.accept(change));
        if (change.bucket().equals(ResourceNames.UPLOADS)) uploads.ifPresent(mapping -> mapping.changed(change));
    }

    private synchronized void describe() {
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

    /** The endpoints, by the service's name in {@code AWS_ENDPOINT_URL_…} in lower case. */
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

    /** A client of the tables. */
    public DynamoDbClient dynamodb() {
        return dynamodb;
    }

    /** A client of the buckets. */
    public S3Client s3() {
        return s3;
    }

    /** A client of the queues. */
    public SqsClient sqs() {
        return sqs;
    }

    /** The simulated SES; not there where another is in its place. */
    public Optional<SimulatedSes> ses() {
        return ses;
    }

    /** The folder of its journal. */
    public Path outbox() {
        return parameters.folder().resolve("outbox");
    }

    /** The folder of what it leaves. */
    public Path folder() {
        return parameters.folder();
    }

    /** What the simulated SES accepted, in order. */
    public List<Journal.Message> journal() throws IOException {
        return Journal.read(outbox());
    }

    /** A queue's URL. */
    public String queueUrl(String name) {
        return LocalQueues.url(ports.sqs(), name);
    }

    /**
     * Puts a file into the uploads bucket.
     *
     * @return its version
     */
    public String upload(String key, byte[] content) {
        return s3.putObject(put -> put.bucket(ResourceNames.UPLOADS).key(key), RequestBody.fromBytes(content))
                .versionId();
    }

    /**
     * Puts facts into the incidents table, as one does with the AWS CLI.
     *
     * @param notice the notice's id; {@code incident} for the shared facts
     */
    public void putFacts(String incident, String notice, Map<String, Object> facts) {
        var item = AttributeJson.attributes(facts);
        item.putAll(AttributeJson.attributes(Map.of("incident_id", incident, "notice_id", notice)));
        dynamodb.putItem(put -> put.tableName(LocalTables.INCIDENTS).item(item));
    }

    /** Delivers an S3 event's JSON to Intake, as S3 may do twice. */
    public void deliver(String event) {
        uploads.orElseThrow().deliver(event);
    }

    /** The process ids of a handler's children, by its simple name. */
    public List<Long> children(String handler) {
        return functions.stream()
                .filter(f -> f.spec().name().equals(handler))
                .flatMap(f -> f.pids().stream())
                .toList();
    }

    /**
     * Ends a child as SIGKILL does; the next invocation starts another.
     *
     * @return the event that it was given last; empty where it had none
     */
    public Optional<String> kill(long pid) {
        return functions.stream().flatMap(f -> f.kill(pid).stream()).findFirst();
    }

    /** Tells of each change in a bucket, before whoever made it has an answer. */
    void onWrite(Consumer<Change> watcher) {
        writes.add(watcher);
    }

    /** Tells of each event that a handler gets, by its simple name. */
    void onEvent(String handler, Consumer<String> watcher) {
        functions.stream().filter(f -> f.spec().name().equals(handler)).forEach(f -> f.onEvent(watcher));
    }

    /** How much is on a queue. */
    Depth depth(String name) {
        return LocalQueues.depth(sqs, queueUrl(name));
    }

    /** Whether no event is on its way to a function or in one; the schedule's don't count. */
    boolean idle() {
        return uploads.map(mapping -> mapping.open() == 0).orElse(true)
                && functions.stream()
                        .filter(f -> f.spec().trigger() != Trigger.SCHEDULE)
                        .allMatch(f -> f.running() == 0)
                && topic.map(t -> t.drained() && depth(LocalQueues.FEEDBACK).all() == 0)
                        .orElse(true);
    }

    /** Uploads' events that Intake failed on to the last. */
    long lost() {
        return uploads.map(BucketMapping::lost).orElse(0L);
    }

    /** What the buckets hold. */
    ObjectStore objects() {
        return objects;
    }

    private void endChildren() {
        for (var function : functions) function.end();
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
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is ending: the hook has run, or runs now.
            return;
        }
    }
}

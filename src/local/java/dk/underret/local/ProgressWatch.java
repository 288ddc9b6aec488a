package dk.underret.local;

import dk.underret.ledger.RowOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Waits until an upload is processed, or until nothing changes any more. */
public final class ProgressWatch {
    /**
     * The progress of a run.
     *
     * @param status status of the run; empty until the run exists
     * @param rows rows of the list
     * @param settled settled rows
     * @param accepted messages that the simulated SES has accepted since its start
     * @param claimed send records of all runs
     * @param queued messages on the dispatch queue
     * @param feedback messages on the feedback queue
     */
    public record Progress(
            String status, long rows, long settled, long accepted, long claimed, long queued, long feedback) {}

    /**
     * The result of waiting.
     *
     * @param run item of the run as plain values; empty if there is no run
     * @param finished false if nothing changed for too long
     * @param last the last progress seen
     */
    public record Result(Optional<Map<String, Object>> run, boolean finished, Progress last) {}

    private static final Set<String> FINAL_STATUSES = Set.of("SETTLED", "REFUSED", "DRAFT");
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final LocalAws aws;
    private final Duration stallTimeout;
    private final Duration pollInterval;

    /**
     * Creates a watch.
     *
     * @param stallTimeout waiting ends if nothing changes for this long
     */
    public ProgressWatch(LocalAws aws, Duration stallTimeout) {
        this(aws, stallTimeout, POLL_INTERVAL);
    }

    /**
     * Creates a watch with a poll interval. For a long list, choose a long one: each poll counts the send records.
     *
     * @param stallTimeout waiting ends if nothing changes for this long
     * @param pollInterval time between two polls
     */
    public ProgressWatch(LocalAws aws, Duration stallTimeout, Duration pollInterval) {
        this.aws = aws;
        this.stallTimeout = stallTimeout;
        this.pollInterval = pollInterval;
    }

    /**
     * Waits until the run of an uploaded list has ended and all its feedback is processed.
     *
     * @param version version of the uploaded object
     * @param listener called at every poll
     */
    public Result await(String version, Consumer<Progress> listener) {
        var id = Optional.<String>empty();
        var lastChange = System.nanoTime();
        var last = new Progress("", 0, 0, 0, 0, 0, 0);
        while (true) {
            if (id.isEmpty()) id = runId(version);
            var run = id.flatMap(this::run);
            var now = progress(run);
            listener.accept(now);
            if (run.isPresent() && FINAL_STATUSES.contains(now.status()) && aws.idle() && previewMailsSent(now))
                return new Result(run(id.get()), true, now);
            if (!now.equals(last)) lastChange = System.nanoTime();
            last = now;
            if (System.nanoTime() - lastChange > stallTimeout.toNanos()) return new Result(run, false, now);
            LockSupport.parkNanos(pollInterval.toNanos());
        }
    }

    /** Returns whether the preview mails of a draft are sent. Ignores delayed messages: those are chunks of other runs. */
    private boolean previewMailsSent(Progress now) {
        if (!now.status().equals("DRAFT")) return true;
        var depth = aws.depth(LocalQueues.DISPATCH);
        return depth.ready() + depth.inFlight() == 0 && aws.idle();
    }

    /** Waits until all events are processed. */
    void awaitIdle() {
        var deadline = System.nanoTime() + stallTimeout.toNanos();
        while (!aws.idle() && System.nanoTime() < deadline) LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }

    /**
     * Waits until Intake has processed an upload, which may be a list or another file.
     *
     * @return whether the upload is a list and has a run
     */
    boolean awaitRun(String version) {
        var deadline = System.nanoTime() + stallTimeout.toNanos();
        while (runId(version).isEmpty() && !aws.idle() && System.nanoTime() < deadline)
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        return runId(version).isPresent();
    }

    /** Returns the items of all runs, without their chunks. */
    List<Map<String, Object>> runs() {
        return aws
                .dynamodb()
                .scanPaginator(scan -> scan.tableName(LocalTables.RUNS)
                        .consistentRead(true)
                        .filterExpression("part = :run")
                        .expressionAttributeValues(Map.of(":run", AttributeValue.fromS("run"))))
                .items()
                .stream()
                .map(AttributeJson::map)
                .toList();
    }

    private Optional<String> runId(String version) {
        return runs().stream()
                .filter(run -> version.equals(run.get("list_version")))
                .map(run -> (String) run.get("run_id"))
                .findFirst();
    }

    private Optional<Map<String, Object>> run(String id) {
        var item = aws.dynamodb()
                .getItem(get -> get.tableName(LocalTables.RUNS)
                        .consistentRead(true)
                        .key(Map.of("run_id", AttributeValue.fromS(id), "part", AttributeValue.fromS("run"))));
        return item.hasItem() ? Optional.of(AttributeJson.map(item.item())) : Optional.empty();
    }

    private Progress progress(Optional<Map<String, Object>> run) {
        var settled = 0L;
        for (var outcome : RowOutcome.values())
            settled += run.map(r -> number(r, outcome.label())).orElse(0L);
        return new Progress(
                run.map(r -> (String) r.get("status")).orElse(""),
                run.map(r -> number(r, "rows")).orElse(0L),
                settled,
                aws.ses().map(SimulatedSes::accepted).orElse(0L),
                aws.dynamodb()
                        .describeTable(t -> t.tableName(LocalTables.SENDS))
                        .table()
                        .itemCount(),
                aws.depth(LocalQueues.DISPATCH).total(),
                aws.depth(LocalQueues.FEEDBACK).total());
    }

    private static long number(Map<String, Object> item, String name) {
        return item.get(name) instanceof BigDecimal n ? n.longValue() : 0;
    }
}

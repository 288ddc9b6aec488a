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

/** Waits until what was uploaded has come to its end, or nothing moves any more. */
public final class ProgressWatch {
    /**
     * What can be seen of a run while it goes on.
     *
     * @param status the run's, or empty while there is none
     * @param rows on its list
     * @param done rows of its chunks that are settled
     * @param accepted messages that the simulated SES has accepted since the start
     * @param claimed send records there are, of any run
     * @param queued messages on the dispatch queue
     * @param feedback messages on the feedback queue
     */
    public record Sight(String status, long rows, long done, long accepted, long claimed, long queued, long feedback) {}

    /**
     * How it ended.
     *
     * @param run the run's item as plain values; empty when there is none
     * @param ended false when nothing moved for too long
     */
    public record End(Optional<Map<String, Object>> run, boolean ended, Sight last) {}

    private static final Set<String> OVER = Set.of("SETTLED", "REFUSED", "DRAFT");
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final LocalAws aws;
    private final Duration patience;
    private final Duration glance;

    /**
     * A watch.
     *
     * @param patience so long nothing may move
     */
    public ProgressWatch(LocalAws aws, Duration patience) {
        this(aws, patience, GLANCE);
    }

    /**
     * A watch that looks less often: each look counts the send records.
     *
     * @param patience so long nothing may move
     * @param glance from look to look
     */
    public ProgressWatch(LocalAws aws, Duration patience, Duration glance) {
        this.aws = aws;
        this.patience = patience;
        this.glance = glance;
    }

    /**
     * Waits for the run of one version of a list, and until all its feedback is taken in.
     *
     * @param version the uploaded object's version
     * @param seen told at every look
     */
    public End await(String version, Consumer<Sight> seen) {
        var id = Optional.<String>empty();
        var moved = System.nanoTime();
        var last = new Sight("", 0, 0, 0, 0, 0, 0);
        while (true) {
            if (id.isEmpty()) id = find(version);
            var run = id.flatMap(this::run);
            var now = sight(run);
            seen.accept(now);
            if (run.isPresent() && OVER.contains(now.status()) && aws.idle() && read(now))
                return new End(run(id.get()), true, now);
            if (!now.equals(last)) moved = System.nanoTime();
            last = now;
            if (System.nanoTime() - moved > patience.toNanos()) return new End(run, false, now);
            LockSupport.parkNanos(glance.toNanos());
        }
    }

    /** Whether a draft's letters to staff are gone; what another run has put off to later is no such letter. */
    private boolean read(Sight now) {
        if (!now.status().equals("DRAFT")) return true;
        var depth = aws.depth(LocalQueues.DISPATCH);
        return depth.ready() + depth.inFlight() == 0 && aws.idle();
    }

    /** Waits until every event so far was taken in. */
    void becomesIdle() {
        var until = System.nanoTime() + patience.toNanos();
        while (!aws.idle() && System.nanoTime() < until) LockSupport.parkNanos(GLANCE.toNanos());
    }

    /**
     * Waits until Intake is done with an upload that is perhaps no list.
     *
     * @return whether it became a run
     */
    boolean becomesRun(String version) {
        var until = System.nanoTime() + patience.toNanos();
        while (find(version).isEmpty() && !aws.idle() && System.nanoTime() < until)
            LockSupport.parkNanos(GLANCE.toNanos());
        return find(version).isPresent();
    }

    /** The run items there are, without their chunks. */
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

    private Optional<String> find(String version) {
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

    private Sight sight(Optional<Map<String, Object>> run) {
        var done = 0L;
        for (var term : RowOutcome.values())
            done += run.map(r -> number(r, term.label())).orElse(0L);
        return new Sight(
                run.map(r -> (String) r.get("status")).orElse(""),
                run.map(r -> number(r, "rows")).orElse(0L),
                done,
                aws.ses().map(SimulatedSes::accepted).orElse(0L),
                aws.dynamodb()
                        .describeTable(t -> t.tableName(LocalTables.SENDS))
                        .table()
                        .itemCount(),
                aws.depth(LocalQueues.DISPATCH).all(),
                aws.depth(LocalQueues.FEEDBACK).all());
    }

    private static long number(Map<String, Object> item, String name) {
        return item.get(name) instanceof BigDecimal n ? n.longValue() : 0;
    }
}

package dk.underret.aws;

import static dk.underret.aws.RunItem.BROKEN;
import static dk.underret.aws.RunItem.CHUNK;
import static dk.underret.aws.RunItem.COUNT;
import static dk.underret.aws.RunItem.COUNTED_AT;
import static dk.underret.aws.RunItem.HOLDS;
import static dk.underret.aws.RunItem.INVARIANT;
import static dk.underret.aws.RunItem.OPEN;
import static dk.underret.aws.RunItem.PART;
import static dk.underret.aws.RunItem.REMAINING;
import static dk.underret.aws.RunItem.RUN_ID;
import static dk.underret.aws.RunItem.SETTLED_AT;
import static dk.underret.aws.RunItem.SETTLED_BY;
import static dk.underret.aws.RunItem.STATUS;

import dk.underret.ledger.Tally;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.Runs;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Runs and chunks in the runs table. {@link RunItem} describes the items. */
public final class DynamoRuns implements Runs {
    /** Concurrent writes of chunks: enough to hide the latency, fewer than the client's connections. */
    private static final int WRITERS = 16;

    private static final String FAILED = "ConditionalCheckFailed";

    /** The sparse index of runs that still wait for a send, feedback or a person. */
    private static final String OPEN_INDEX = "open-index";

    private final DynamoDbClient client;
    private final String table;
    private final ChunkQueueState queueState;

    /** Creates runs in the table with this name. */
    public DynamoRuns(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        this.queueState = new ChunkQueueState(client, table);
    }

    @Override
    public Optional<Run> run(String runId) {
        return item(RunItem.key(runId)).map(RunItem::run);
    }

    @Override
    public Run create(Run run) {
        return putIfAbsent(RunItem.of(run)).map(RunItem::run).orElse(run);
    }

    @Override
    public void enqueued(String runId) {
        try {
            client.updateItem(b -> b.tableName(table)
                    .key(RunItem.key(runId))
                    .conditionExpression("#status = :planned")
                    .updateExpression("SET #status = :sending")
                    .expressionAttributeNames(Map.of("#status", STATUS))
                    .expressionAttributeValues(
                            Map.of(":planned", status(RunStatus.PLANNED), ":sending", status(RunStatus.SENDING))));
        } catch (ConditionalCheckFailedException e) {
            // The run has left PLANNED: the event was delivered twice, or every chunk is settled.
            return;
        }
    }

    @Override
    public void createChunks(List<ChunkRecord> chunks) {
        try (var writers =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            var writes = chunks.stream()
                    .map(chunk -> CompletableFuture.runAsync(() -> putIfAbsent(RunItem.of(chunk)), writers))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(writes).join();
        }
    }

    @Override
    public Optional<ChunkRecord> chunk(String runId, int number) {
        return item(RunItem.key(runId, number)).map(RunItem::chunk);
    }

    @Override
    public List<ChunkRecord> chunks(String runId) {
        return client
                .queryPaginator(b -> b.tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#run = :run AND begins_with(#part, :chunk)")
                        .expressionAttributeNames(Map.of("#run", RUN_ID, "#part", PART))
                        .expressionAttributeValues(
                                Map.of(":run", Attributes.text(runId), ":chunk", Attributes.text(CHUNK))))
                .items()
                .stream()
                .map(RunItem::chunk)
                .toList();
    }

    @Override
    public boolean settle(String runId, int number, Tally tally, Instant at) {
        var settler = UUID.randomUUID().toString();
        boolean settled = settle(runId, number, tally, at, settler);
        complete(runId);
        return settled;
    }

    @Override
    public List<String> open() {
        return client
                .queryPaginator(b -> b.tableName(table)
                        .indexName(OPEN_INDEX)
                        .keyConditionExpression("#open = :open")
                        .expressionAttributeNames(Map.of("#open", OPEN))
                        .expressionAttributeValues(Map.of(":open", Attributes.text(OPEN))))
                .items()
                .stream()
                .map(item -> Attributes.text(item, RUN_ID))
                .toList();
    }

    @Override
    public void close(String runId) {
        client.updateItem(b -> b.tableName(table)
                .key(RunItem.key(runId))
                .updateExpression("REMOVE #open")
                .expressionAttributeNames(Map.of("#open", OPEN)));
    }

    @Override
    public void reopen(String runId) {
        try {
            client.updateItem(b -> b.tableName(table)
                    .key(RunItem.key(runId))
                    .conditionExpression("#status = :settled")
                    .updateExpression("SET #open = :open")
                    .expressionAttributeNames(Map.of("#status", STATUS, "#open", OPEN))
                    .expressionAttributeValues(
                            Map.of(":settled", status(RunStatus.SETTLED), ":open", Attributes.text(OPEN))));
        } catch (ConditionalCheckFailedException e) {
            // A run that isn't settled is in the index already.
            return;
        }
    }

    @Override
    public void touch(String runId, int number, Instant at) {
        queueState.touch(runId, number, at);
    }

    @Override
    public void park(String runId, int number, Instant at) {
        queueState.park(runId, number, at);
    }

    @Override
    public boolean requeue(ChunkRecord seen, Instant at) {
        return queueState.requeue(seen, at);
    }

    @Override
    public void storeReconciliation(String runId, Reconciliation count) {
        client.updateItem(b -> b.tableName(table)
                .key(RunItem.key(runId))
                .updateExpression("SET #count = :count, #invariant = :invariant, #counted_at = :at")
                .expressionAttributeNames(Map.of("#count", COUNT, "#invariant", INVARIANT, "#counted_at", COUNTED_AT))
                .expressionAttributeValues(Map.of(
                        ":count", RunItem.counts(count.tally()),
                        ":invariant", Attributes.text(count.holds() ? HOLDS : BROKEN),
                        ":at", Attributes.time(count.at()))));
    }

    @Override
    public Optional<Reconciliation> reconciliation(String runId) {
        return item(RunItem.key(runId)).flatMap(RunItem::reconciliation);
    }

    /**
     * Settles a chunk in one transaction, retried on conflicts. Writes {@code settler} to the chunk, so that a retry after a lost
     * response recognizes its own write.
     */
    private boolean settle(String runId, int number, Tally tally, Instant at, String settler) {
        var transaction = TransactWriteItemsRequest.builder()
                .clientRequestToken(settler)
                .transactItems(
                        TransactWriteItem.builder()
                                .update(settleChunk(runId, number, tally, at, settler))
                                .build(),
                        TransactWriteItem.builder()
                                .update(decrementRemaining(runId, tally))
                                .build())
                .build();
        for (int tries = 1; ; tries++) {
            try {
                client.transactWriteItems(transaction);
                return true;
            } catch (TransactionCanceledException e) {
                var chunk = e.cancellationReasons().getFirst();
                if (FAILED.equals(chunk.code())) return settledBy(settler, chunk, e);
                if (FAILED.equals(e.cancellationReasons().getLast().code()))
                    throw new IllegalStateException("run " + runId + " has no chunk left to settle", e);
                if (tries == Backoff.TRIES) throw e;
                Backoff.pause(tries);
            }
        }
    }

    private static boolean settledBy(String settler, CancellationReason chunk, TransactionCanceledException e) {
        if (!chunk.hasItem()) throw new IllegalStateException("no such chunk", e);
        return Attributes.text(chunk.item(), SETTLED_BY).equals(settler);
    }

    private Update settleChunk(String runId, int number, Tally tally, Instant at, String settler) {
        var names = new HashMap<>(Map.of("#run", RUN_ID, "#settled_at", SETTLED_AT, "#settled_by", SETTLED_BY));
        var values = new HashMap<>(Map.of(":at", Attributes.time(at), ":by", Attributes.text(settler)));
        var set = new StringBuilder("SET #settled_at = :at, #settled_by = :by");
        tally.counts().forEach((outcome, count) -> {
            set.append(", #").append(outcome).append(" = :").append(outcome);
            names.put("#" + outcome, outcome.label());
            values.put(":" + outcome, Attributes.number(count));
        });
        return Update.builder()
                .tableName(table)
                .key(RunItem.key(runId, number))
                .conditionExpression("attribute_exists(#run) AND attribute_not_exists(#settled_at)")
                .updateExpression(set.toString())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    private Update decrementRemaining(String runId, Tally tally) {
        var names = new HashMap<>(Map.of("#remaining", REMAINING));
        var values = new HashMap<>(Map.of(":one_less", Attributes.number(-1), ":none", Attributes.number(0)));
        var add = new StringBuilder("ADD #remaining :one_less");
        tally.counts().forEach((outcome, count) -> {
            add.append(", #").append(outcome).append(" :").append(outcome);
            names.put("#" + outcome, outcome.label());
            values.put(":" + outcome, Attributes.number(count));
        });
        return Update.builder()
                .tableName(table)
                .key(RunItem.key(runId))
                .conditionExpression("#remaining > :none")
                .updateExpression(add.toString())
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    /**
     * Sets a run without remaining chunks to SETTLED, at the time of its last chunk. Every call of settle ends here, even if the
     * chunk is settled already. The next delivery of any chunk's message therefore repairs a crash between the last transaction
     * and this update.
     */
    private void complete(String runId) {
        var run = run(runId).orElseThrow(() -> new IllegalStateException("run " + runId + " doesn't exist"));
        boolean sent = run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING;
        if (!sent || run.remaining() > 0) return;
        var last = chunks(runId).stream()
                .flatMap(chunk -> chunk.settledAt().stream())
                .max(Instant::compareTo)
                .orElse(run.startedAt());
        // All writers write the same values, so the update needs no condition.
        client.updateItem(b -> b.tableName(table)
                .key(RunItem.key(runId))
                .updateExpression("SET #status = :settled, #settled_at = :at")
                .expressionAttributeNames(Map.of("#status", STATUS, "#settled_at", SETTLED_AT))
                .expressionAttributeValues(
                        Map.of(":settled", status(RunStatus.SETTLED), ":at", Attributes.time(last))));
    }

    private Optional<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        var response = client.getItem(b -> b.tableName(table).key(key).consistentRead(true));
        return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
    }

    /** Puts an item unless its key exists. Returns the existing item, or empty if the item was put. */
    private Optional<Map<String, AttributeValue>> putIfAbsent(Map<String, AttributeValue> item) {
        try {
            client.putItem(b -> b.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#run)")
                    .expressionAttributeNames(Map.of("#run", RUN_ID))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            return Optional.of(e.item());
        }
    }

    private static AttributeValue status(RunStatus status) {
        return Attributes.text(status.name());
    }
}

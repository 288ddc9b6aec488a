package dk.underret.aws;

import dk.underret.incident.Author;
import dk.underret.incident.FactsMerge;
import dk.underret.incident.FactsSource;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Hold;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.incident.StoredFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Facts in the incidents table.
 *
 * <p>The key is {@code incident_id} and {@code notice_id}: {@code incident} for the facts that all notices share,
 * {@code <notice>} for a notice's own facts, {@code <notice>@frozen} for the facts and letters that it is sent with. Facts are
 * top-level attributes, so that a person can read and edit them in the console. {@code source_…} describes the newest upload,
 * {@code author_…} the upload that last changed the facts.
 */
public final class DynamoIncidents implements Incidents {
    private static final String INCIDENT_ID = "incident_id";
    private static final String NOTICE_ID = "notice_id";
    private static final String SHARED = "incident";
    private static final String FROZEN = "@frozen";

    /** How many partition keys of the sends table a frozen notice's records are spread over. */
    static final String SPREAD = "spread";

    private static final String VERSION = "source_version";
    private static final String SEQUENCER = "source_sequencer";
    private static final String PRINCIPAL = "source_principal";
    private static final String AT = "source_at";
    private static final String AUTHOR_VERSION = "author_version";
    private static final String AUTHOR_PRINCIPAL = "author_principal";
    private static final String AUTHOR_AT = "author_at";
    private static final String AUTHOR_SHA256 = "author_sha256";

    /** Attributes of the item that aren't facts. */
    private static final Set<String> NOT_FACTS = Set.of(
            INCIDENT_ID,
            NOTICE_ID,
            VERSION,
            SEQUENCER,
            PRINCIPAL,
            AT,
            AUTHOR_VERSION,
            AUTHOR_PRINCIPAL,
            AUTHOR_AT,
            AUTHOR_SHA256);

    /**
     * Settings that a person or the circuit breaker changes while a notice is being sent. An upload without them keeps them. The
     * approval is not one of them: it applies only to the facts that were approved.
     */
    private static final Set<String> LIVE_SETTINGS = Set.of(
            "paused", "paused_by", "paused_at", "hold", "send_after", "max_per_hour", "bounce_limit", "preview_to");

    private final DynamoDbClient client;
    private final String table;
    private final HoldItem holdItem;

    /** Creates incidents in the table with this name. */
    public DynamoIncidents(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        this.holdItem = new HoldItem(client, table);
    }

    @Override
    public Optional<StoredFacts> incident(String incidentId) {
        return item(key(incidentId, SHARED)).map(item -> read(item, Optional.empty()));
    }

    @Override
    public Optional<StoredFacts> notice(NoticeId notice) {
        return item(key(notice.incident(), notice.notice())).map(item -> read(item, Optional.of(notice.notice())));
    }

    @Override
    public boolean store(String incidentId, Optional<String> notice, Map<String, Object> facts, FactsSource source) {
        var key = key(incidentId, notice.orElse(SHARED));
        for (int tries = 1; ; tries++) {
            var before = item(key).orElse(Map.of());
            var stored = source(before);
            // From the second attempt on, the same version means that our write succeeded and its response was lost.
            if (tries > 1 && stored.isPresent() && stored.get().version().equals(source.version())) return true;
            if (stored.isPresent() && !source.newerThan(stored.get())) return false;
            try {
                var known = notice.isPresent() ? facts : FactsMerge.merge(facts, Map.of());
                var existing =
                        Optional.of(before).filter(item -> !item.isEmpty()).map(item -> read(item, notice));
                client.updateItem(replacing(key, before, facts, source, StoredFacts.authorOf(existing, known, source)));
                return true;
            } catch (ConditionalCheckFailedException e) {
                // Another upload was stored since the read: compare with that one.
                if (tries == Backoff.TRIES) throw e;
            }
        }
    }

    private UpdateItemRequest replacing(
            Map<String, AttributeValue> key,
            Map<String, AttributeValue> before,
            Map<String, Object> facts,
            FactsSource source,
            Author author) {
        var written = new LinkedHashMap<String, AttributeValue>();
        facts.forEach((name, value) -> {
            if (!NOT_FACTS.contains(name)) written.put(name, Attributes.fromPlain(value));
        });
        written.put(VERSION, Attributes.text(source.version()));
        written.put(SEQUENCER, Attributes.text(source.sequencer()));
        written.put(PRINCIPAL, Attributes.text(source.principal()));
        written.put(AT, Attributes.time(source.at()));
        written.put(AUTHOR_VERSION, Attributes.text(author.version()));
        written.put(AUTHOR_PRINCIPAL, Attributes.text(author.principal()));
        written.put(AUTHOR_AT, Attributes.time(author.at()));
        written.put(AUTHOR_SHA256, Attributes.text(author.sha256()));
        var removed = before.keySet().stream()
                .filter(name ->
                        !written.containsKey(name) && !NOT_FACTS.contains(name) && !LIVE_SETTINGS.contains(name))
                .toList();

        var names = new HashMap<>(Map.of("#version", VERSION));
        var values = new HashMap<String, AttributeValue>();
        var set = new ArrayList<String>();
        written.forEach((name, value) -> {
            var number = set.size();
            names.put("#s" + number, name);
            values.put(":s" + number, value);
            set.add("#s" + number + " = :s" + number);
        });
        var remove = new ArrayList<String>();
        for (var name : removed) {
            names.put("#r" + remove.size(), name);
            remove.add("#r" + remove.size());
        }
        var seen = before.get(VERSION);
        if (seen != null) values.put(":seen", seen);
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key)
                .conditionExpression(seen == null ? "attribute_not_exists(#version)" : "#version = :seen")
                .updateExpression("SET " + String.join(", ", set)
                        + (remove.isEmpty() ? "" : " REMOVE " + String.join(", ", remove)))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    @Override
    public void pause(NoticeId notice, Instant at) {
        client.updateItem(b -> b.tableName(table)
                .key(key(notice.incident(), notice.notice()))
                .updateExpression("SET paused = :true, paused_by = :by, paused_at = :at")
                .expressionAttributeValues(Map.of(
                        ":true", AttributeValue.fromBool(true),
                        ":by", Attributes.text(MACHINE),
                        ":at", Attributes.time(at))));
    }

    @Override
    public Optional<Hold> hold() {
        return holdItem.hold();
    }

    @Override
    public boolean hold(Hold hold) {
        return holdItem.hold(hold);
    }

    @Override
    public boolean change(Hold seen, Optional<Hold> next) {
        return holdItem.change(seen, next);
    }

    @Override
    public Optional<FrozenNotice> frozen(NoticeId notice) {
        return item(frozenKey(notice)).map(item -> frozen(notice, item));
    }

    @Override
    public FrozenNotice freeze(FrozenNotice notice) {
        var id = notice.notice();
        var item = new LinkedHashMap<>(frozenKey(id));
        item.put("facts", AttributeValue.fromM(Attributes.fromPlain(notice.facts())));
        item.put("facts_sha256", Attributes.text(notice.factsSha256()));
        item.put("letters", RunItem.letters(notice.letters()));
        item.put("identity", Attributes.fromPlain(notice.identity()));
        item.put(SPREAD, Attributes.number(notice.spread()));
        item.put("frozen_at", Attributes.time(notice.at()));
        item.put("run", Attributes.text(notice.run()));
        try {
            client.putItem(b -> b.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#incident)")
                    .expressionAttributeNames(Map.of("#incident", INCIDENT_ID))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return notice;
        } catch (ConditionalCheckFailedException e) {
            return frozen(id, e.item());
        }
    }

    /** Returns the key of a frozen notice's item. */
    static Map<String, AttributeValue> frozenKey(NoticeId notice) {
        return key(notice.incident(), notice.notice() + FROZEN);
    }

    private static FrozenNotice frozen(NoticeId notice, Map<String, AttributeValue> item) {
        return new FrozenNotice(
                notice,
                Attributes.toPlain(item.getOrDefault("facts", AttributeValue.fromM(Map.of()))
                        .m()),
                Attributes.text(item, "facts_sha256"),
                RunItem.letters(item.get("letters")),
                item.getOrDefault("identity", AttributeValue.fromL(List.of())).l().stream()
                        .map(AttributeValue::s)
                        .toList(),
                (int) Attributes.number(item, SPREAD),
                Attributes.timeOf(item, "frozen_at"),
                Attributes.text(item, "run"));
    }

    /** Reads facts. A null in a notice removes a fact of the incident; a null in the incident has no effect and is dropped. */
    private static StoredFacts read(Map<String, AttributeValue> item, Optional<String> notice) {
        var own = new LinkedHashMap<>(item);
        own.keySet().removeAll(NOT_FACTS);
        var facts = Attributes.toPlain(own);
        return new StoredFacts(
                notice.isPresent() ? facts : FactsMerge.merge(facts, Map.of()), source(item), author(item));
    }

    private static Optional<Author> author(Map<String, AttributeValue> item) {
        return Attributes.optional(item, AUTHOR_SHA256)
                .map(sha256 -> new Author(
                        Attributes.text(item, AUTHOR_VERSION),
                        Attributes.text(item, AUTHOR_PRINCIPAL),
                        Attributes.timeOf(item, AUTHOR_AT),
                        sha256));
    }

    private static Optional<FactsSource> source(Map<String, AttributeValue> item) {
        return Attributes.optional(item, VERSION)
                .map(version -> new FactsSource(
                        version,
                        Attributes.text(item, SEQUENCER),
                        Attributes.text(item, PRINCIPAL),
                        Attributes.timeOf(item, AT)));
    }

    private Optional<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        var answer = client.getItem(b -> b.tableName(table).key(key).consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    private static Map<String, AttributeValue> key(String incidentId, String noticeId) {
        return Map.of(INCIDENT_ID, Attributes.text(incidentId), NOTICE_ID, Attributes.text(noticeId));
    }
}

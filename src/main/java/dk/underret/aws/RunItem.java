package dk.underret.aws;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.Tally;
import dk.underret.run.ChunkRecord;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.Run.ListVersion;
import dk.underret.run.RunStatus;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Maps runs and chunks to items of the runs table. Both have the key {@code run_id} and {@code part}: a run's part is
 * {@code run}, a chunk's part is {@code chunk#00042}, numbered from 0. Each outcome of the tally is a top-level attribute in
 * lower case ({@code accepted}, {@code duplicate}), because DynamoDB's ADD works only on top-level attributes.
 */
final class RunItem {
    static final String RUN_ID = "run_id";
    static final String PART = "part";
    static final String RUN = "run";
    static final String CHUNK = "chunk#";
    static final String STATUS = "status";
    static final String REMAINING = "remaining";
    static final String SETTLED_AT = "settled_at";
    static final String SETTLED_BY = "settled_by";
    static final String QUEUED_AT = "queued_at";
    static final String PARKED_AT = "parked_at";
    static final String OPEN = "open";
    static final String COUNT = "count";
    static final String INVARIANT = "invariant";
    static final String COUNTED_AT = "counted_at";

    /** Values of {@link #INVARIANT}. */
    static final String HOLDS = "holds";

    static final String BROKEN = "broken";

    private RunItem() {}

    static Map<String, AttributeValue> key(String runId) {
        return Map.of(RUN_ID, Attributes.text(runId), PART, Attributes.text(RUN));
    }

    static Map<String, AttributeValue> key(String runId, int chunk) {
        return Map.of(
                RUN_ID, Attributes.text(runId),
                PART, Attributes.text(CHUNK + String.format(Locale.ROOT, "%05d", chunk)));
    }

    static Map<String, AttributeValue> of(Run run) {
        var item = new LinkedHashMap<>(key(run.id()));
        Attributes.put(item, "incident", run.incident());
        Attributes.put(item, "notice", run.notice());
        item.put(STATUS, Attributes.text(run.status().name()));
        item.put("list_bucket", Attributes.text(run.list().bucket()));
        item.put("list_key", Attributes.text(run.list().key()));
        Attributes.put(item, "list_version", run.list().version());
        Attributes.put(item, "list_sha256", run.list().sha256());
        Attributes.put(item, "list_principal", run.list().principal());
        Attributes.put(item, "facts_sha256", run.factsSha256());
        item.put("letters", letters(run.letters()));
        item.put("chunks", Attributes.number(run.chunks()));
        item.put(REMAINING, Attributes.number(run.remaining()));
        item.put("rows", Attributes.number(run.rows()));
        run.tally().counts().forEach((outcome, count) -> item.put(outcome.label(), Attributes.number(count)));
        item.put("findings", findings(run.findings()));
        item.put("started_at", Attributes.time(run.startedAt()));
        run.settledAt().ifPresent(at -> item.put(SETTLED_AT, Attributes.time(at)));
        // Puts the run into the index of open runs. Closing the run removes the attribute.
        if (run.status() == RunStatus.PLANNED || run.status() == RunStatus.SENDING)
            item.put(OPEN, Attributes.text(OPEN));
        return item;
    }

    static Run run(Map<String, AttributeValue> item) {
        return new Run(
                Attributes.text(item, RUN_ID),
                Attributes.text(item, "incident"),
                Attributes.text(item, "notice"),
                RunStatus.valueOf(Attributes.text(item, STATUS)),
                new ListVersion(
                        Attributes.text(item, "list_bucket"),
                        Attributes.text(item, "list_key"),
                        Attributes.text(item, "list_version"),
                        Attributes.text(item, "list_sha256"),
                        Attributes.text(item, "list_principal")),
                Attributes.text(item, "facts_sha256"),
                letters(item.get("letters")),
                (int) Attributes.number(item, "chunks"),
                (int) Attributes.number(item, REMAINING),
                Attributes.number(item, "rows"),
                tally(item),
                findings(item.get("findings")),
                Attributes.timeOf(item, "started_at"),
                Attributes.time(item, SETTLED_AT));
    }

    static Map<String, AttributeValue> of(ChunkRecord chunk) {
        var item = new LinkedHashMap<>(key(chunk.run(), chunk.number()));
        item.put("first_row", Attributes.number(chunk.firstRow()));
        item.put("rows", Attributes.number(chunk.rows()));
        item.put("sha256", Attributes.text(chunk.sha256()));
        chunk.tally().counts().forEach((outcome, count) -> item.put(outcome.label(), Attributes.number(count)));
        chunk.settledAt().ifPresent(at -> item.put(SETTLED_AT, Attributes.time(at)));
        chunk.queuedAt().ifPresent(at -> item.put(QUEUED_AT, Attributes.time(at)));
        chunk.parkedAt().ifPresent(at -> item.put(PARKED_AT, Attributes.time(at)));
        return item;
    }

    static ChunkRecord chunk(Map<String, AttributeValue> item) {
        return new ChunkRecord(
                Attributes.text(item, RUN_ID),
                Integer.parseInt(Attributes.text(item, PART).substring(CHUNK.length())),
                Attributes.number(item, "first_row"),
                (int) Attributes.number(item, "rows"),
                Attributes.text(item, "sha256"),
                tally(item),
                Attributes.time(item, SETTLED_AT),
                Attributes.time(item, QUEUED_AT),
                Attributes.time(item, PARKED_AT));
    }

    /** Reads the run's reconciliation with the ledger, if there is one. The attribute {@code count} maps outcomes to numbers. */
    static Optional<Reconciliation> reconciliation(Map<String, AttributeValue> item) {
        return Attributes.time(item, COUNTED_AT)
                .map(at -> new Reconciliation(
                        tally(item.getOrDefault(COUNT, AttributeValue.fromM(Map.of()))
                                .m()),
                        HOLDS.equals(Attributes.text(item, INVARIANT)),
                        at));
    }

    static AttributeValue counts(Tally tally) {
        var counts = new LinkedHashMap<String, AttributeValue>();
        tally.counts().forEach((outcome, count) -> counts.put(outcome.label(), Attributes.number(count)));
        return AttributeValue.fromM(counts);
    }

    private static Tally tally(Map<String, AttributeValue> item) {
        var counts = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        for (var outcome : RowOutcome.values()) counts.put(outcome, Attributes.number(item, outcome.label()));
        return new Tally(counts);
    }

    /** Maps letters to a list of maps with {@code name}, {@code locale}, {@code version} and {@code sha256}. */
    static AttributeValue letters(List<FrozenLetter> letters) {
        return AttributeValue.fromL(letters.stream().map(RunItem::letter).toList());
    }

    private static AttributeValue letter(FrozenLetter letter) {
        return AttributeValue.fromM(Map.of(
                "name", Attributes.text(letter.name()),
                "locale", Attributes.text(letter.locale()),
                "version", Attributes.text(letter.version()),
                "sha256", Attributes.text(letter.sha256())));
    }

    static List<FrozenLetter> letters(@Nullable AttributeValue letters) {
        if (letters == null) return List.of();
        return letters.l().stream().map(AttributeValue::m).map(RunItem::letter).toList();
    }

    private static FrozenLetter letter(Map<String, AttributeValue> letter) {
        return new FrozenLetter(
                Attributes.text(letter, "name"),
                Attributes.text(letter, "locale"),
                Attributes.text(letter, "version"),
                Attributes.text(letter, "sha256"));
    }

    private static AttributeValue findings(Map<FindingCode, Long> findings) {
        var counts = new LinkedHashMap<String, AttributeValue>();
        findings.forEach((code, count) -> counts.put(code.name(), Attributes.number(count)));
        return AttributeValue.fromM(counts);
    }

    private static Map<FindingCode, Long> findings(@Nullable AttributeValue findings) {
        var counts = new EnumMap<FindingCode, Long>(FindingCode.class);
        Optional.ofNullable(findings)
                .ifPresent(f -> f.m().keySet()
                        .forEach(code -> counts.put(FindingCode.valueOf(code), Attributes.number(f.m(), code))));
        return counts;
    }
}

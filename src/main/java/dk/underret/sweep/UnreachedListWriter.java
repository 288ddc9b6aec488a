package dk.underret.sweep;

import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.recipient.ExportedTable;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.ListRules;
import dk.underret.recipient.Lists;
import dk.underret.recipient.Recipient;
import dk.underret.recipient.RecipientList;
import dk.underret.recipient.Row;
import dk.underret.run.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes the list of a run's recipients who were not reached: the rows of the uploaded list, each with its status. A secretary
 * writes to these people by post, and can upload the same file under {@code resend/}, {@code close/} or {@code posted/}.
 */
final class UnreachedListWriter {
    /** The statuses of recipients who were not reached. COMPLAINED is not one of them: the letter was delivered. */
    private static final List<SendStatus> STATUSES = List.of(
            SendStatus.HELD,
            SendStatus.FAILED,
            SendStatus.BOUNCED,
            SendStatus.SUPPRESSED,
            SendStatus.REJECTED,
            SendStatus.INVALID);

    private static final List<String> STATUS_COLUMNS = List.of("run", "row", "status", "code", "since");

    /** Accepts every row: Intake has checked the list. The key has no effect, because no identity is computed from this reading. */
    private static final ListRules ACCEPT_ALL = new ListRules(
            "",
            new SecretKeySpec(new byte[] {0}, "HmacSHA256"),
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            Set.of(),
            LetterNeeds.nothing(""));

    private final Lists lists;
    private final Ledger ledger;
    private final UnreachedLists unreached;

    UnreachedListWriter(Lists lists, Ledger ledger, UnreachedLists unreached) {
        this.lists = lists;
        this.ledger = ledger;
        this.unreached = unreached;
    }

    /** Whether a tally has rows that belong on the list. */
    static boolean hasUnreached(Tally tally) {
        return STATUSES.stream().anyMatch(status -> tally.of(RowOutcome.of(status)) > 0);
    }

    /**
     * Writes the list from the current records.
     *
     * @param before exclusive: reads only records that entered their status before this time
     */
    void write(Run run, Incident facts, Instant before) {
        var notice = new NoticeId(run.incident(), run.notice());
        var records = new TreeMap<Long, SendRecord>();
        for (var status : STATUSES)
            for (var record : ledger.problems(notice, status, before, Integer.MAX_VALUE))
                if (record.origin().run().equals(run.id()))
                    records.put(record.origin().row(), record);
        try {
            unreached.put(notice, run.id(), table(run.list(), records, Language.orEnglish(facts.language())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the table after a byte order mark, which spreadsheets need to read a CSV file as UTF-8. */
    private String table(Run.ListVersion version, Map<Long, SendRecord> records, Language language) throws IOException {
        var upload = lists.open(version.bucket(), version.key(), Optional.of(version.version()));
        if (upload.isEmpty()) return table(records, Map.of(), List.of(), language);
        try (var list = upload.get()) {
            var rows = RecipientList.open(list.body(), "", ACCEPT_ALL);
            var columns = rows.columns().stream()
                    .filter(column -> !STATUS_COLUMNS.contains(column))
                    .toList();
            var people = new TreeMap<Long, Recipient>();
            for (var row = rows.next(); row.isPresent(); row = rows.next())
                if (records.containsKey(row.get().row()))
                    person(row.get()).ifPresent(person -> people.put(person.row(), person));
            return table(records, people, columns, language);
        }
    }

    private static String table(
            Map<Long, SendRecord> records, Map<Long, Recipient> people, List<String> columns, Language language) {
        var table = new ExportedTable(
                Stream.concat(STATUS_COLUMNS.stream(), columns.stream()).toList(),
                language.forms().columnSeparator());
        records.forEach((row, record) -> {
            var values = new ArrayList<Object>(List.of(
                    record.origin().run(),
                    row,
                    language.status(record.status().name()),
                    record.newest().code().orElse(""),
                    record.since().map(Instant::toString).orElse("")));
            var person = Optional.ofNullable(people.get(row));
            for (var column : columns)
                values.add(person.map(p -> p.value(column)).orElse(""));
            table.row(values.toArray());
        });
        return "\ufeff" + table;
    }

    private static Optional<Recipient> person(Row row) {
        return switch (row) {
            case Row.Valid valid -> Optional.of(valid.person());
            case Row.Invalid invalid -> Optional.of(invalid.person());
            case Row.Duplicate duplicate -> Optional.empty();
            case Row.Skipped skipped -> Optional.empty();
        };
    }
}

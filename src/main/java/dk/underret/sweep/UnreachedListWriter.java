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
 * Who of a run's list was not reached: the rows as they stand in the list, with what became of each, for a secretary to write to
 * by post. With what was decided it goes back to {@code resend/}, {@code close/} or {@code posted/} as it is.
 */
final class UnreachedListWriter {
    /** Whom a person has to tell in another way or decide about. Who complained has got the letter. */
    private static final List<SendStatus> STATUSES = List.of(
            SendStatus.HELD,
            SendStatus.FAILED,
            SendStatus.BOUNCED,
            SendStatus.SUPPRESSED,
            SendStatus.REJECTED,
            SendStatus.INVALID);

    private static final List<String> OWN = List.of("run", "row", "status", "code", "since");

    /** The list was checked before: nobody's identity comes of this reading, so any key does. */
    private static final ListRules ANY = new ListRules(
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

    /** Whether anybody in these counts stands on such a list. */
    static boolean has(Tally tally) {
        return STATUSES.stream().anyMatch(status -> tally.of(RowOutcome.of(status)) > 0);
    }

    /**
     * Writes the list as it is now.
     *
     * @param before records later than this are not looked at: a time later than any clock
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

    /** Starts with a byte order mark: without one no spreadsheet reads a CSV file as UTF-8. */
    private String table(Run.ListVersion of, Map<Long, SendRecord> records, Language language) throws IOException {
        var upload = lists.open(of.bucket(), of.key(), Optional.of(of.version()));
        if (upload.isEmpty()) return table(records, Map.of(), List.of(), language);
        try (var list = upload.get()) {
            var rows = RecipientList.open(list.body(), "", ANY);
            var columns = rows.columns().stream()
                    .filter(column -> !OWN.contains(column))
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
                Stream.concat(OWN.stream(), columns.stream()).toList(),
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
            case Row.Valid good -> Optional.of(good.person());
            case Row.Invalid bad -> Optional.of(bad.person());
            case Row.Duplicate same -> Optional.empty();
            case Row.Skipped skipped -> Optional.empty();
        };
    }
}

package dk.underret.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Counts the results of a fault run, from its list, the simulated SES's journal and raw scans of the tables. A separate program
 * that uses only the JDK and Commons CSV, so that a defect of this project's code can't hide its own effects.
 *
 * <p>Reads {@code list.csv}, {@code ses/journal.jsonl}, {@code ses/misbehaved.csv}, {@code injected.csv}, {@code sends.csv}, {@code
 * runs.csv}, {@code queues.txt} and {@code local/log.jsonl} of a folder; writes {@code count.csv} ({@code what,found,expected}) and
 * {@code faults.csv} ({@code fault,injected,letters,survived,lost,twice}) there. Exits with 0 if every figure is as expected.
 */
public final class FaultAudit {
    /** Faults after which SES has accepted a message and its answer doesn't say so. */
    private static final Set<String> AMBIGUOUS =
            Set.of("STALL", "RESET", "END_OF_STREAM", "GARBAGE_200", "CUT_200", "ERROR_500", "ERROR_503");

    /** Statuses of a letter that SES accepted. */
    private static final Set<String> ACCEPTED =
            Set.of("ACCEPTED", "DELIVERED", "BOUNCED", "SUPPRESSED", "COMPLAINED", "REJECTED");

    /** Statuses of a letter whose outcome is unknown. */
    private static final Set<String> UNKNOWN = Set.of("UNKNOWN", "HELD");

    private static final List<String> OUTCOMES = List.of(
            "pending",
            "sending",
            "waiting",
            "accepted",
            "delivered",
            "bounced",
            "suppressed",
            "complained",
            "rejected",
            "failed",
            "invalid",
            "duplicate",
            "skipped",
            "unknown",
            "held",
            "closed",
            "posted");

    private static final Pattern CANARY = Pattern.compile("Kanariefugl-[0-9]{7}-[0-9a-f]{8}");

    /** Parts of every address and name. No log and no queue may contain one, in any encoding. */
    private static final List<String> PERSONAL_DATA = List.of("kanariefugl", "Kanariefugl", "fuglebur");

    private record Person(long row, String address, String canary) {}

    private final Path folder;
    private final boolean feedback;
    private final Map<String, Person> byAddress = new HashMap<>();
    private final Map<Long, Person> byRow = new TreeMap<>();
    private final Map<Long, List<CSVRecord>> records = new HashMap<>();
    private final Map<String, Long> rowOf = new HashMap<>();
    private final Map<Long, Integer> messages = new HashMap<>();
    private final Map<Long, Set<String>> messageIds = new HashMap<>();
    private final Map<String, Set<Long>> affected = new TreeMap<>();
    private final Map<String, Long> injections = new TreeMap<>();
    private final Map<String, long[]> figures = new LinkedHashMap<>();
    private long wrongCanary;
    private long unlisted;

    private FaultAudit(Path folder, boolean feedback) {
        this.folder = folder;
        this.feedback = feedback;
    }

    /**
     * Audits a run.
     *
     * @param arguments the folder, and whether the functions processed SES's events: {@code feedback} or {@code no-feedback}
     */
    public static void main(String[] arguments) throws IOException {
        System.exit(audit(Path.of(arguments[0]), arguments[1].equals("feedback")) ? 0 : 1);
    }

    /** Audits the run in a folder. Returns whether every figure is as expected. */
    static boolean audit(Path folder, boolean feedback) throws IOException {
        var audit = new FaultAudit(folder, feedback);
        audit.readList();
        audit.readJournal();
        audit.readSends();
        audit.readFaults();
        audit.figures();
        return audit.write();
    }

    private void readList() throws IOException {
        for (var record : csv("list.csv", true)) {
            var name = CANARY.matcher(record.get("name"));
            if (!name.find()) throw new IllegalArgumentException("no canary in record " + record.getRecordNumber());
            // The header is row 1.
            var person = new Person(
                    record.getRecordNumber() + 1, record.get("email").toLowerCase(Locale.ROOT), name.group());
            byAddress.put(person.address(), person);
            byRow.put(person.row(), person);
        }
    }

    private void readJournal() throws IOException {
        try (var lines = Files.lines(folder.resolve("ses/journal.jsonl"))) {
            lines.forEach(line -> message(JsonLine.read(line)));
        }
    }

    private void message(Map<String, Object> message) {
        var to = ((List<?>) message.get("to"))
                .stream()
                        .map(address -> byAddress.get(address.toString().toLowerCase(Locale.ROOT)))
                        .toList();
        if (to.size() != 1 || to.getFirst() == null) {
            unlisted++;
            return;
        }
        var person = to.getFirst();
        messages.merge(person.row(), 1, Integer::sum);
        messageIds
                .computeIfAbsent(person.row(), row -> new HashSet<>())
                .add(message.get("messageId").toString());
        for (var part : List.of("text", "html")) {
            var found = CANARY.matcher(message.get(part).toString())
                    .results()
                    .map(m -> m.group())
                    .toList();
            if (found.isEmpty() || !found.stream().allMatch(person.canary()::equals)) {
                wrongCanary++;
                return;
            }
        }
    }

    private void readSends() throws IOException {
        for (var record : csv("sends.csv", true)) {
            var row = Long.parseLong(record.get("row"));
            records.computeIfAbsent(row, r -> new ArrayList<>()).add(record);
            rowOf.put(record.get("recipient"), row);
        }
    }

    private void readFaults() throws IOException {
        for (var record : csv("ses/misbehaved.csv", false)) {
            var person = byAddress.get(record.get(2).toLowerCase(Locale.ROOT));
            injections.merge(record.get(1), 1L, Long::sum);
            markAffected(record.get(1), person == null ? -1 : person.row());
        }
        var chunks = new HashMap<String, CSVRecord>();
        for (var record : csv("runs.csv", true))
            if (record.get("part").startsWith("chunk#"))
                chunks.put("" + Integer.parseInt(record.get("part").substring(6)), record);
        for (var record : csv("injected.csv", true)) {
            var fault = record.get("fault");
            injections.merge(fault, Long.parseLong(record.get("number")), Math::max);
            affected.computeIfAbsent(fault, f -> new HashSet<>());
            markAffected(fault, record.get("recipient"), chunks.get(record.get("chunk")));
        }
    }

    /** Marks all rows of a chunk, one row, or one row if it is in the chunk. */
    private void markAffected(String fault, String recipient, CSVRecord chunk) {
        var one = recipient.isEmpty() ? -1 : rowOf.getOrDefault(recipient, -1L);
        if (chunk == null) {
            if (!recipient.isEmpty()) markAffected(fault, one);
            return;
        }
        var first = Long.parseLong(chunk.get("first_row"));
        for (long row = first; row < first + Long.parseLong(chunk.get("rows")); row++)
            if (recipient.isEmpty() || row == one) markAffected(fault, row);
    }

    private void markAffected(String fault, long row) {
        affected.computeIfAbsent(fault, f -> new HashSet<>()).add(row);
    }

    private void figures() throws IOException {
        figure("rows in the list", byRow.size(), byRow.size());
        figure("rows with exactly one send record", rows(row -> recorded(row) == 1), byRow.size());
        figure(
                "send records without a row",
                records.keySet().stream().filter(r -> !byRow.containsKey(r)).count(),
                0);
        figure("lost", rows(this::lost), 0);
        figure("accepted twice", rows(this::twice), 0);
        figure("messages to an address that is not in the list", unlisted, 0);
        figure("send records with a message id that is not the recipient's", rows(this::wrongMessageId), 0);
        figure("UNKNOWN at some time", rows(this::everUnknown));
        figure(
                "UNKNOWN but neither ambiguous nor in flight at a kill",
                rows(row -> everUnknown(row) && !unknownExpected(row)),
                0);
        figure("ambiguous but never UNKNOWN", rows(row -> ambiguous(row) && !everUnknown(row) && !resolved(row)), 0);
        figure("UNKNOWN at the end", rows(row -> UNKNOWN.contains(status(row))));
        figure(
                "UNKNOWN at the end and never accepted by SES",
                rows(row -> UNKNOWN.contains(status(row)) && sent(row) == 0));
        if (feedback) figure("accepted by SES but not resolved by its event", rows(this::unresolved), 0);
        figure("runs whose outcomes don't add up to their rows", invariantBroken(), 0);
        figure("letters with another row's canary or none", wrongCanary, 0);
        figure("canaries in logs", linesWithPersonalData("local/log.jsonl"), 0);
        figure("canaries in queues", linesWithPersonalData("queues.txt"), 0);
        var statuses = new TreeMap<String, Long>();
        byRow.keySet().forEach(row -> statuses.merge(status(row), 1L, Long::sum));
        statuses.forEach((status, count) -> figure("status " + (status.isEmpty() ? "none" : status), count));
    }

    private void figure(String what, long found, long expected) {
        figures.put(what, new long[] {found, expected});
    }

    private void figure(String what, long found) {
        figures.put(what, new long[] {found});
    }

    private long rows(Predicate<Long> which) {
        return byRow.keySet().stream().filter(which).count();
    }

    private int recorded(long row) {
        return records.getOrDefault(row, List.of()).size();
    }

    private String status(long row) {
        var found = records.get(row);
        return found == null ? "" : found.getFirst().get("status");
    }

    private int sent(long row) {
        return messages.getOrDefault(row, 0);
    }

    private boolean twice(long row) {
        return sent(row) > 1;
    }

    /**
     * Returns whether a row is lost: it has no record, or a record that isn't final, or a record of a letter that SES didn't
     * accept.
     */
    private boolean lost(long row) {
        var status = status(row);
        return status.isEmpty()
                || status.equals("SENDING")
                || status.equals("WAITING")
                || ACCEPTED.contains(status) && sent(row) == 0;
    }

    private boolean wrongMessageId(long row) {
        if (recorded(row) == 0) return false;
        var record = records.get(row).getFirst();
        var id = record.isMapped("message_id") ? record.get("message_id") : "";
        return !id.isEmpty() && !messageIds.getOrDefault(row, Set.of()).contains(id);
    }

    private boolean everUnknown(long row) {
        if (recorded(row) == 0) return false;
        var record = records.get(row).getFirst();
        return UNKNOWN.contains(status(row))
                || record.isMapped("unknown_at") && !record.get("unknown_at").isEmpty();
    }

    private boolean ambiguous(long row) {
        return AMBIGUOUS.stream()
                .anyMatch(fault -> affected.getOrDefault(fault, Set.of()).contains(row));
    }

    private boolean unknownExpected(long row) {
        return ambiguous(row) || affected.getOrDefault("SIGKILL", Set.of()).contains(row);
    }

    /** Returns whether an event resolved the row's outcome before it was settled as unknown. */
    private boolean resolved(long row) {
        return feedback && ACCEPTED.contains(status(row));
    }

    private boolean unresolved(long row) {
        return sent(row) > 0 && !ACCEPTED.contains(status(row));
    }

    private long invariantBroken() throws IOException {
        var runs = csv("runs.csv", true).stream()
                .filter(item -> item.get("part").equals("run"))
                .toList();
        var broken = runs.isEmpty() ? 1L : 0L;
        for (var run : runs) {
            var sum = OUTCOMES.stream()
                    .filter(outcome ->
                            run.isMapped(outcome) && !run.get(outcome).isEmpty())
                    .mapToLong(outcome -> Long.parseLong(run.get(outcome)))
                    .sum();
            if (sum != Long.parseLong(run.get("rows")) || sum != byRow.size()) broken++;
        }
        return broken;
    }

    /** Counts lines with a part of a name or an address: as ASCII (unchanged in URLs and quoted-printable), base64 or hex. */
    private long linesWithPersonalData(String file) throws IOException {
        if (!Files.exists(folder.resolve(file))) return 0;
        var encodings =
                PERSONAL_DATA.stream().flatMap(text -> encodings(text).stream()).toList();
        try (var lines = Files.lines(folder.resolve(file))) {
            return lines.filter(line -> encodings.stream().anyMatch(line::contains))
                    .count();
        }
    }

    private static List<String> encodings(String text) {
        var encodings = new ArrayList<>(List.of(text));
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        encodings.add(HexFormat.of().formatHex(bytes));
        // The preceding text shifts base64 by 0, 1 or 2 bytes. Characters that also encode neighbouring bytes are left
        // out.
        for (int shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            var base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            encodings.add(base64.substring(shift == 0 ? 0 : shift + 1, shifted.length / 3 * 4));
        }
        return encodings;
    }

    private boolean write() throws IOException {
        var holds = true;
        var lines = new StringBuilder("what,found,expected\n");
        for (var figure : figures.entrySet()) {
            var value = figure.getValue();
            holds &= value.length < 2 || value[0] == value[1];
            lines.append(figure.getKey()).append(',').append(value[0]).append(',');
            lines.append(value.length < 2 ? "" : value[1]).append('\n');
        }
        Files.writeString(folder.resolve("count.csv"), lines);
        Files.writeString(folder.resolve("faults.csv"), faults());
        return holds;
    }

    private String faults() {
        var lines = new StringBuilder("fault,injected,letters,survived,lost,twice\n");
        affected.forEach((fault, rows) -> {
            var listed = rows.stream().filter(byRow::containsKey).toList();
            var lost = listed.stream().filter(this::lost).count();
            var twice = listed.stream().filter(this::twice).count();
            lines.append(fault)
                    .append(',')
                    .append(injections.get(fault))
                    .append(',')
                    .append(listed.size())
                    .append(',');
            lines.append(listed.size() - lost - twice)
                    .append(',')
                    .append(lost)
                    .append(',')
                    .append(twice)
                    .append('\n');
        });
        return lines.toString();
    }

    private List<CSVRecord> csv(String file, boolean header) {
        var format = CSVFormat.DEFAULT;
        if (header)
            format = format.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var records = format.parse(Files.newBufferedReader(folder.resolve(file)))) {
            return records.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

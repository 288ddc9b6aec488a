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
 * Counts what came of a fault run, from its list, the simulated SES's journal and raw scans of the tables. A program of its own on
 * the JDK and Commons CSV: a mistake of this project's code can't hide itself here.
 *
 * <p>Reads {@code list.csv}, {@code ses/journal.jsonl}, {@code ses/misbehaved.csv}, {@code injected.csv}, {@code sends.csv}, {@code
 * runs.csv}, {@code queues.txt} and {@code local/log.jsonl} of a folder; writes {@code count.csv} ({@code what,found,expected}) and
 * {@code faults.csv} ({@code fault,injected,letters,survived,lost,twice}) there. Ends with 0 where every figure is as expected.
 */
public final class FaultAudit {
    /** What SES did and did not say: the message was accepted and the answer was none. */
    private static final Set<String> AMBIGUOUS =
            Set.of("STALL", "RESET", "END_OF_STREAM", "GARBAGE_200", "CUT_200", "ERROR_500", "ERROR_503");

    /** Statuses that say that SES took the letter. */
    private static final Set<String> TAKEN =
            Set.of("ACCEPTED", "DELIVERED", "BOUNCED", "SUPPRESSED", "COMPLAINED", "REJECTED");

    /** Statuses that say that nobody knows. */
    private static final Set<String> IN_DOUBT = Set.of("UNKNOWN", "HELD");

    private static final List<String> TERMS = List.of(
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

    /** What no log and no queue may hold, in any encoding: a part of every address and every name. */
    private static final List<String> SECRETS = List.of("kanariefugl", "Kanariefugl", "fuglebur");

    private record Person(long row, String address, String canary) {}

    private final Path folder;
    private final boolean feedback;
    private final Map<String, Person> byAddress = new HashMap<>();
    private final Map<Long, Person> byRow = new TreeMap<>();
    private final Map<Long, List<CSVRecord>> records = new HashMap<>();
    private final Map<String, Long> rowOf = new HashMap<>();
    private final Map<Long, Integer> messages = new HashMap<>();
    private final Map<Long, Set<String>> messageIds = new HashMap<>();
    private final Map<String, Set<Long>> touched = new TreeMap<>();
    private final Map<String, Long> injections = new TreeMap<>();
    private final Map<String, long[]> figures = new LinkedHashMap<>();
    private long foreign;
    private long unasked;

    private FaultAudit(Path folder, boolean feedback) {
        this.folder = folder;
        this.feedback = feedback;
    }

    /**
     * Counts.
     *
     * @param arguments the folder, and whether SES's events were taken in: {@code feedback} or {@code silence}
     */
    public static void main(String[] arguments) throws IOException {
        System.exit(count(Path.of(arguments[0]), arguments[1].equals("feedback")) ? 0 : 1);
    }

    /** Whether every figure is as expected. */
    static boolean count(Path folder, boolean feedback) throws IOException {
        var count = new FaultAudit(folder, feedback);
        count.readList();
        count.readJournal();
        count.readSends();
        count.readFaults();
        count.figures();
        return count.write();
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
            unasked++;
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
                foreign++;
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
            touch(record.get(1), person == null ? -1 : person.row());
        }
        var chunks = new HashMap<String, CSVRecord>();
        for (var record : csv("runs.csv", true))
            if (record.get("part").startsWith("chunk#"))
                chunks.put("" + Integer.parseInt(record.get("part").substring(6)), record);
        for (var record : csv("injected.csv", true)) {
            var fault = record.get("fault");
            injections.merge(fault, Long.parseLong(record.get("number")), Math::max);
            touched.computeIfAbsent(fault, f -> new HashSet<>());
            touch(fault, record.get("recipient"), chunks.get(record.get("chunk")));
        }
    }

    /** All rows of a chunk, one row, or that one if it is in the chunk. */
    private void touch(String fault, String recipient, CSVRecord chunk) {
        var one = recipient.isEmpty() ? -1 : rowOf.getOrDefault(recipient, -1L);
        if (chunk == null) {
            if (!recipient.isEmpty()) touch(fault, one);
            return;
        }
        var first = Long.parseLong(chunk.get("first_row"));
        for (long row = first; row < first + Long.parseLong(chunk.get("rows")); row++)
            if (recipient.isEmpty() || row == one) touch(fault, row);
    }

    private void touch(String fault, long row) {
        touched.computeIfAbsent(fault, f -> new HashSet<>()).add(row);
    }

    private void figures() throws IOException {
        figure("rows of the list", byRow.size(), byRow.size());
        figure("rows with exactly one send record", rows(row -> recorded(row) == 1), byRow.size());
        figure(
                "send records of no row",
                records.keySet().stream().filter(r -> !byRow.containsKey(r)).count(),
                0);
        figure("lost", rows(this::lost), 0);
        figure("accepted twice", rows(this::twice), 0);
        figure("messages to nobody on the list", unasked, 0);
        figure("records with a message id that SES did not give to that person", rows(this::mistaken), 0);
        figure("UNKNOWN at some time", rows(this::everInDoubt));
        figure(
                "UNKNOWN though neither ambiguous nor in flight at a kill",
                rows(row -> everInDoubt(row) && !expected(row)),
                0);
        figure("ambiguous and never UNKNOWN", rows(row -> ambiguous(row) && !everInDoubt(row) && !resolved(row)), 0);
        figure("UNKNOWN now", rows(row -> IN_DOUBT.contains(status(row))));
        figure("UNKNOWN now and never accepted by SES", rows(row -> IN_DOUBT.contains(status(row)) && sent(row) == 0));
        if (feedback) figure("accepted by SES and yet not resolved by its event", rows(this::unresolved), 0);
        figure("runs whose terms don't add up to their rows", invariantBroken(), 0);
        figure("letters with another row's canary or none", foreign, 0);
        figure("canaries in logs", secrets("local/log.jsonl"), 0);
        figure("canaries in queues", secrets("queues.txt"), 0);
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
        var of = records.get(row);
        return of == null ? "" : of.getFirst().get("status");
    }

    private int sent(long row) {
        return messages.getOrDefault(row, 0);
    }

    private boolean twice(long row) {
        return sent(row) > 1;
    }

    /** Nobody answers for the row: no record, or one that still promises something, or one that claims what SES does not know of. */
    private boolean lost(long row) {
        var status = status(row);
        return status.isEmpty()
                || status.equals("SENDING")
                || status.equals("WAITING")
                || TAKEN.contains(status) && sent(row) == 0;
    }

    private boolean mistaken(long row) {
        if (recorded(row) == 0) return false;
        var record = records.get(row).getFirst();
        var id = record.isMapped("message_id") ? record.get("message_id") : "";
        return !id.isEmpty() && !messageIds.getOrDefault(row, Set.of()).contains(id);
    }

    private boolean everInDoubt(long row) {
        if (recorded(row) == 0) return false;
        var record = records.get(row).getFirst();
        return IN_DOUBT.contains(status(row))
                || record.isMapped("unknown_at") && !record.get("unknown_at").isEmpty();
    }

    private boolean ambiguous(long row) {
        return AMBIGUOUS.stream()
                .anyMatch(fault -> touched.getOrDefault(fault, Set.of()).contains(row));
    }

    private boolean expected(long row) {
        return ambiguous(row) || touched.getOrDefault("SIGKILL", Set.of()).contains(row);
    }

    /** The event came before the settle: there never was a doubt. */
    private boolean resolved(long row) {
        return feedback && TAKEN.contains(status(row));
    }

    private boolean unresolved(long row) {
        return sent(row) > 0 && !TAKEN.contains(status(row));
    }

    private long invariantBroken() throws IOException {
        var runs = csv("runs.csv", true).stream()
                .filter(item -> item.get("part").equals("run"))
                .toList();
        var broken = runs.isEmpty() ? 1L : 0L;
        for (var run : runs) {
            var sum = TERMS.stream()
                    .filter(term -> run.isMapped(term) && !run.get(term).isEmpty())
                    .mapToLong(term -> Long.parseLong(run.get(term)))
                    .sum();
            if (sum != Long.parseLong(run.get("rows")) || sum != byRow.size()) broken++;
        }
        return broken;
    }

    /** Lines that hold a part of a name or an address: as it stands (URL and quoted-printable leave ASCII so), in base64 or hex. */
    private long secrets(String file) throws IOException {
        if (!Files.exists(folder.resolve(file))) return 0;
        var forms = SECRETS.stream().flatMap(secret -> forms(secret).stream()).toList();
        try (var lines = Files.lines(folder.resolve(file))) {
            return lines.filter(line -> forms.stream().anyMatch(line::contains)).count();
        }
    }

    private static List<String> forms(String secret) {
        var forms = new ArrayList<>(List.of(secret));
        var bytes = secret.getBytes(StandardCharsets.US_ASCII);
        forms.add(HexFormat.of().formatHex(bytes));
        // What stands before it shifts base64 by 0, 1 or 2 bytes; the characters that a neighbour has a share in are
        // left out.
        for (int shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            var base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.add(base64.substring(shift == 0 ? 0 : shift + 1, shifted.length / 3 * 4));
        }
        return forms;
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
        touched.forEach((fault, rows) -> {
            var on = rows.stream().filter(byRow::containsKey).toList();
            var lost = on.stream().filter(this::lost).count();
            var twice = on.stream().filter(this::twice).count();
            lines.append(fault)
                    .append(',')
                    .append(injections.get(fault))
                    .append(',')
                    .append(on.size())
                    .append(',');
            lines.append(on.size() - lost - twice)
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

package dk.underret.bench;

import dk.underret.aws.S3Chunks;
import dk.underret.incident.FactsJson;
import dk.underret.incident.Language;
import dk.underret.intake.Intake;
import dk.underret.intake.IntakeLimits;
import dk.underret.intake.IntakePorts;
import dk.underret.intake.IntakeResult;
import dk.underret.intake.Upload;
import dk.underret.recipient.Lists;
import dk.underret.run.Accounts.Account;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeEvidence;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeKeys;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakePreviews;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeWork;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The child process of {@link ListBench}. Runs Intake with a letter and facts, from the bytes of the file to the bytes of the
 * chunks, over ports in memory. Arguments: the file, its number of rows, the number of passes (default: 5).
 */
final class ListRun {
    private static final int PASSES = 5;
    private static final String LETTER = "src/main/resources/letters/breach-notice/da.hbs";

    private final Path file;
    private final long rows;
    private final NoBucket bucket = new NoBucket();
    private long plannedLists;

    private ListRun(Path file, long rows) {
        this.file = file;
        this.rows = rows;
    }

    /** Measures the passes and prints the least of each value. */
    public static void main(String[] arguments) throws Exception {
        var passes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : PASSES;
        new ListRun(Path.of(arguments[0]), Long.parseLong(arguments[1])).measure(passes);
    }

    private interface Work {
        void run() throws Exception;
    }

    private void measure(int passes) throws Exception {
        var scans = new long[passes];
        var lists = new long[passes];
        var hashes = new long[passes];
        for (var pass = 0; pass < passes; pass++) {
            scans[pass] = cpu(this::scan);
            lists[pass] = cpu(this::take);
            hashes[pass] = cpu(this::hash);
        }
        Child.print(Map.of(
                "first_scan_ns",
                scans[0],
                "first_list_ns",
                lists[0],
                "scan_ns",
                least(scans),
                "list_ns",
                least(lists),
                "hashing_ns",
                least(hashes),
                "chunk_bytes",
                bucket.bytes() / plannedLists,
                "heap_bytes",
                heap(),
                "collecting_ms",
                collections() / passes));
    }

    private static long cpu(Work work) throws Exception {
        var before = Child.cpu();
        work.run();
        return Child.cpu() - before;
    }

    private static long least(long[] passes) {
        return java.util.Arrays.stream(passes).min().orElseThrow();
    }

    /** Returns the size of the heap. A list that doesn't fit in it ends this process. */
    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> collector.getCollectionTime())
                .sum();
    }

    private void scan() throws IOException {
        var scan = new BareScan();
        try (var in = Files.newInputStream(file)) {
            scan.scan(in);
        }
        if (scan.records() != rows + 1 || scan.fields() < 2 * rows)
            throw new IllegalStateException("the scan found " + scan.records() + " records");
    }

    private void take() throws Exception {
        var upload = new Upload("uploads", "incidents/komit/list.csv", "v1", "01", "principal", Instant.EPOCH);
        plannedLists++;
        if (!(intake().take(upload) instanceof IntakeResult.Sending sending)
                || sending.run().rows() != rows) throw new IllegalStateException("the list was not planned");
    }

    private Intake intake() throws Exception {
        var accounts = new FakeAccounts(CallsAlone.SENDER);
        accounts.set(new Account(1_000, -1, 0, true, true));
        var facts = new HashMap<>(
                FactsJson.parse(Files.readAllBytes(Path.of("events/komit/incident.json")), "incident.json"));
        facts.put("letter", "breach-notice");
        return new Intake(
                new IntakePorts(
                        this::open,
                        new FakeLetters().with("breach-notice", "da", Files.readString(Path.of(LETTER))),
                        new FakeKeys(),
                        new FakeIncidents().with("komit", facts),
                        new FakeRuns(),
                        new FakeLedger(),
                        new S3Chunks(bucket, "work"),
                        new FakeWork(),
                        new FakeEvidence(),
                        new FakePreviews(),
                        new FakePreviewMails(),
                        accounts,
                        Clock.systemUTC()),
                new IntakeLimits(Long.MAX_VALUE, Long.MAX_VALUE, Set.of(CallsAlone.SENDER), Language.ENGLISH));
    }

    private Optional<Lists.UploadedFile> open(String from, String key, Optional<String> version) throws IOException {
        if (!key.endsWith(".csv")) return Optional.empty();
        InputStream in = Files.newInputStream(file);
        return Optional.of(new Lists.UploadedFile("v1", Files.size(file), in));
    }

    /** Computes the hashes that the design requires: SHA-256 over the list and over its chunks, HMAC-SHA256 of each person. */
    private void hash() throws IOException, GeneralSecurityException {
        var sha256 = MessageDigest.getInstance("SHA-256");
        var block = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (var n = in.read(block); n >= 0; n = in.read(block)) sha256.update(block, 0, n);
        }
        for (var left = bucket.bytes() / plannedLists; left > 0; left -= block.length) sha256.update(block);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
        var identity = new byte[48];
        for (long i = 0; i < rows; i++) mac.doFinal(identity);
    }
}

package dk.underret.intake;

import dk.underret.incident.Author;
import dk.underret.incident.FactsCheck;
import dk.underret.incident.FactsJson;
import dk.underret.incident.FactsSource;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.incident.NoticeStatus;
import dk.underret.incident.StoredFacts;
import dk.underret.recipient.Lists;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes facts from the bucket into the table. */
final class FactsIntake {
    private static final String INCIDENT_FILE = "incident.json";
    private static final String NOTICE_FILE = "notice.json";

    private final Lists lists;
    private final Incidents incidents;
    private final Clock clock;

    FactsIntake(Lists lists, Incidents incidents, Clock clock) {
        this.lists = lists;
        this.incidents = incidents;
        this.clock = clock;
    }

    /**
     * Stores uploaded facts, unless the table has newer ones. Facts may be incomplete until a list is uploaded, but must have the
     * schema's shape.
     *
     * @throws FindingsException when they can't be stored
     */
    IntakeResult store(Upload upload, String incident, Optional<String> notice) throws IOException, FindingsException {
        var file = notice.isPresent() ? NOTICE_FILE : INCIDENT_FILE;
        var uploaded = read(upload.bucket(), upload.key(), Optional.of(upload.version()), file);
        if (uploaded.isEmpty()) return new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE);
        var facts = uploaded.get().facts();
        var findings = findings(incident, notice, facts, upload.at());
        var bad = findings.stream()
                .filter(finding -> finding.code() == FindingCode.BAD_FACTS
                        && finding.file().equals(file))
                .toList();
        if (!bad.isEmpty()) throw new FindingsException(bad);
        var source = new FactsSource(upload.version(), upload.sequencer(), upload.principal(), upload.at());
        return new IntakeResult.FactsTaken(
                incident, notice, incidents.store(incident, notice, facts, source), findings);
    }

    private List<Finding> findings(String incident, Optional<String> notice, Map<String, Object> facts, Instant now) {
        if (notice.isEmpty())
            return FactsCheck.findings(
                    Incident.of(new NoticeId(incident, NoticeId.MAIN), facts, Optional.empty()), now);
        var shared = incidents.incident(incident).map(StoredFacts::facts).orElse(Map.of());
        return FactsCheck.findings(Incident.of(new NoticeId(incident, notice.get()), shared, Optional.of(facts)), now);
    }

    /**
     * Returns a notice's merged facts: those in the table, or those in the bucket if the table has another version. S3's events
     * are unordered, so a list may arrive before the event of its facts.
     *
     * @return empty when the incident is unknown, or a notice other than {@code main} has no facts of its own
     * @throws FindingsException when the bucket's facts can't be read
     */
    Optional<Known> of(NoticeId notice, String bucket) throws IOException, FindingsException {
        var folder = "incidents/" + notice.incident() + "/";
        var shared = newest(
                bucket,
                folder + INCIDENT_FILE,
                INCIDENT_FILE,
                () -> incidents.incident(notice.incident()),
                notice.incident(),
                Optional.empty());
        var own = newest(
                bucket,
                folder + notice.notice() + "/" + NOTICE_FILE,
                NOTICE_FILE,
                () -> incidents.notice(notice),
                notice.incident(),
                Optional.of(notice.notice()));
        if (shared.isEmpty() || (own.isEmpty() && !notice.notice().equals(NoticeId.MAIN))) return Optional.empty();
        var incident = Incident.of(notice, shared.get().facts(), own.map(StoredFacts::facts));
        return Optional.of(new Known(incident, approvers(Stream.concat(shared.stream(), own.stream()))));
    }

    /** Returns who wrote the newest part of the facts: that person completed what is approved. */
    private static Set<String> approvers(Stream<StoredFacts> parts) {
        var authors = parts.filter(StoredFacts::hasContent)
                .map(StoredFacts::knownAuthor)
                .toList();
        if (authors.stream().anyMatch(Optional::isEmpty)) return Set.of();
        var last = authors.stream().flatMap(Optional::stream).map(Author::at).max(Comparator.naturalOrder());
        return authors.stream()
                .flatMap(Optional::stream)
                .filter(author -> last.equals(Optional.of(author.at())))
                .map(Author::principal)
                .collect(Collectors.toSet());
    }

    /**
     * A notice's facts when a list is uploaded.
     *
     * @param approvers the principals who wrote the newest part of the facts; empty when that is not known
     */
    record Known(Incident incident, Set<String> approvers) {
        /** Copies the principals. */
        Known {
            approvers = Set.copyOf(approvers);
        }

        /** Finds that one person both approved the notice and uploads its list, where two are required. */
        Optional<Finding> fourEyes(Upload upload, String file) {
            if (incident.status() != NoticeStatus.APPROVED) return Optional.empty();
            if (approvers.isEmpty() || upload.principal().isEmpty())
                return Optional.of(Finding.of(FindingCode.FOUR_EYES, file, "unknown"));
            return approvers.contains(upload.principal())
                    ? Optional.of(Finding.of(FindingCode.FOUR_EYES, file))
                    : Optional.empty();
        }
    }

    /**
     * Reads the table before the bucket, so that a current object of another version is newer than the item. Stores it without a
     * sequencer, which only the object's event has, and with the time from before it was read, so that facts uploaded meanwhile
     * count as newer even if their event is handled first.
     */
    private Optional<StoredFacts> newest(
            String bucket,
            String key,
            String file,
            Supplier<Optional<StoredFacts>> table,
            String incident,
            Optional<String> notice)
            throws IOException, FindingsException {
        var before = clock.instant();
        var stored = table.get();
        var current = read(bucket, key, Optional.empty(), file);
        if (current.isEmpty()
                || version(stored).equals(Optional.of(current.get().version()))) return stored;
        var facts = current.get().facts();
        var source = new FactsSource(current.get().version(), "", "", before);
        if (incidents.store(incident, notice, facts, source)) return table.get();
        var now = table.get();
        return version(now).equals(version(stored)) ? Optional.of(new StoredFacts(facts, Optional.of(source))) : now;
    }

    private static Optional<String> version(Optional<StoredFacts> facts) {
        return facts.flatMap(StoredFacts::source).map(FactsSource::version);
    }

    private Optional<Uploaded> read(String bucket, String key, Optional<String> version, String file)
            throws IOException, FindingsException {
        var opened = lists.open(bucket, key, version);
        if (opened.isEmpty()) return Optional.empty();
        try (var object = opened.get()) {
            var bytes = object.body().readNBytes(FactsJson.MAX_BYTES + 1);
            return Optional.of(new Uploaded(object.version(), FactsJson.parse(bytes, file)));
        }
    }

    private record Uploaded(String version, Map<String, Object> facts) {}
}

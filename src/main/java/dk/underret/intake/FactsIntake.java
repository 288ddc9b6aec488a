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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Facts on their way from the bucket into the table. */
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
     * Stores facts that were uploaded, unless newer ones are there. Facts may be incomplete until a list comes, but not of
     * another shape than the schema's.
     *
     * @throws FindingsException when they can't be stored
     */
    IntakeResult store(Upload arrival, String incident, Optional<String> notice) throws IOException, FindingsException {
        var file = notice.isPresent() ? NOTICE_FILE : INCIDENT_FILE;
        var upload = read(arrival.bucket(), arrival.key(), Optional.of(arrival.version()), file);
        if (upload.isEmpty()) return new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE);
        var facts = upload.get().facts();
        var findings = findings(incident, notice, facts);
        var bad = findings.stream()
                .filter(finding -> finding.code() == FindingCode.BAD_FACTS
                        && finding.file().equals(file))
                .toList();
        if (!bad.isEmpty()) throw new FindingsException(bad);
        var source = new FactsSource(arrival.version(), arrival.sequencer(), arrival.principal(), arrival.at());
        return new IntakeResult.FactsTaken(
                incident, notice, incidents.store(incident, notice, facts, source), findings);
    }

    private List<Finding> findings(String incident, Optional<String> notice, Map<String, Object> facts) {
        if (notice.isEmpty())
            return FactsCheck.findings(Incident.of(new NoticeId(incident, NoticeId.MAIN), facts, Optional.empty()));
        var shared = incidents.incident(incident).map(StoredFacts::facts).orElse(Map.of());
        return FactsCheck.findings(Incident.of(new NoticeId(incident, notice.get()), shared, Optional.of(facts)));
    }

    /**
     * A notice's merged facts: those of the table, or those that the bucket holds now where the table's are of another
     * version. S3's events come in any order, so a list may be here before its facts' event.
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

    /** Of the incident's facts and the notice's own, those that were made what they are last complete what is approved. */
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
     * What is known of a notice when a list comes.
     *
     * @param approvers the principals who made its facts what they are; empty where that is not known
     */
    record Known(Incident incident, Set<String> approvers) {
        /** Copies the principals. */
        Known {
            approvers = Set.copyOf(approvers);
        }

        /** What forbids a list of an approved notice where two persons are asked for: one to approve it, one to send it. */
        Optional<Finding> fourEyes(Upload arrival, String file) {
            if (incident.status() != NoticeStatus.APPROVED) return Optional.empty();
            if (approvers.isEmpty() || arrival.principal().isEmpty())
                return Optional.of(Finding.of(FindingCode.FOUR_EYES, file, "unknown"));
            return approvers.contains(arrival.principal())
                    ? Optional.of(Finding.of(FindingCode.FOUR_EYES, file))
                    : Optional.empty();
        }
    }

    /**
     * The table is read before the bucket: a current object of another version than the item's is then the newer one. It is
     * stored without a sequencer, which no event has told yet, and with the time from before it was read: facts that are uploaded
     * meanwhile, and whose event comes first, are then the newer ones.
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
        try (var upload = opened.get()) {
            var bytes = upload.body().readNBytes(FactsJson.MAX_BYTES + 1);
            return Optional.of(new Uploaded(upload.version(), FactsJson.parse(bytes, file)));
        }
    }

    private record Uploaded(String version, Map<String, Object> facts) {}
}

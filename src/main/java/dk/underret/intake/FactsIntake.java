package dk.underret.intake;

import dk.underret.incident.FactsJson;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.FindingsException;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.Incidents.Facts;
import dk.underret.incident.Incidents.Source;
import dk.underret.incident.NoticeId;
import dk.underret.recipient.Lists;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
    Answer store(Arrival arrival, String incident, Optional<String> notice) throws IOException, FindingsException {
        var file = notice.isPresent() ? NOTICE_FILE : INCIDENT_FILE;
        var upload = read(arrival.bucket(), arrival.key(), Optional.of(arrival.version()), file);
        if (upload.isEmpty()) return new Answer.Nothing(Answer.Nothing.Reason.GONE);
        var facts = upload.get().facts();
        var findings = findings(incident, notice, facts);
        var bad = findings.stream()
                .filter(finding -> finding.code() == FindingCode.BAD_FACTS
                        && finding.file().equals(file))
                .toList();
        if (!bad.isEmpty()) throw new FindingsException(bad);
        var source = new Source(arrival.version(), arrival.sequencer(), arrival.principal(), arrival.at());
        return new Answer.FactsTaken(incident, notice, incidents.store(incident, notice, facts, source), findings);
    }

    private List<Finding> findings(String incident, Optional<String> notice, Map<String, Object> facts) {
        if (notice.isEmpty())
            return Incident.of(new NoticeId(incident, NoticeId.MAIN), facts, Optional.empty())
                    .findings();
        var shared = incidents.incident(incident).map(Facts::facts).orElse(Map.of());
        return Incident.of(new NoticeId(incident, notice.get()), shared, Optional.of(facts))
                .findings();
    }

    /**
     * A notice's merged facts: those of the table, or those that the bucket holds now where the table's are of another
     * version. S3's events come in any order, so a list may be here before its facts' event.
     *
     * @return empty when the incident is unknown, or a notice other than {@code main} has no facts of its own
     * @throws FindingsException when the bucket's facts can't be read
     */
    Optional<Incident> of(NoticeId notice, String bucket) throws IOException, FindingsException {
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
        return Optional.of(Incident.of(notice, shared.get(), own));
    }

    /**
     * The table is read before the bucket: a current object of another version than the item's is then the newer one. It is
     * stored without a sequencer, which no event has told yet, and with the time from before it was read: facts that are uploaded
     * meanwhile, and whose event comes first, are then the newer ones.
     */
    private Optional<Map<String, Object>> newest(
            String bucket,
            String key,
            String file,
            Supplier<Optional<Facts>> table,
            String incident,
            Optional<String> notice)
            throws IOException, FindingsException {
        var before = clock.instant();
        var stored = table.get();
        var current = read(bucket, key, Optional.empty(), file);
        if (current.isEmpty()
                || version(stored).equals(Optional.of(current.get().version()))) return stored.map(Facts::facts);
        var facts = current.get().facts();
        var source = new Source(current.get().version(), "", "", before);
        if (incidents.store(incident, notice, facts, source)) return Optional.of(facts);
        var now = table.get();
        return version(now).equals(version(stored)) ? Optional.of(facts) : now.map(Facts::facts);
    }

    private static Optional<String> version(Optional<Facts> facts) {
        return facts.flatMap(Facts::source).map(Source::version);
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

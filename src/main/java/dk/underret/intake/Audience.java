package dk.underret.intake;

import static dk.underret.incident.FindingCode.IDENTITY_CHANGED;
import static dk.underret.incident.FindingCode.NO_EARLIER_NOTICE;

import dk.underret.incident.Finding;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.recipient.Row;
import dk.underret.recipient.Row.Valid;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects the people of a list that a notice is for, by an earlier notice of the incident that the facts name: those whom it
 * told ({@code told_by}) or those whom it did not tell ({@code not_told_by}). With both, a person must meet both.
 *
 * <p>A person whose letter is being sent, or has an unknown outcome, belongs to either audience: an extra letter is better than
 * a missing one.
 */
final class Audience {
    /** The reason of a skipped row outside the audience. */
    static final String NOT_IN_AUDIENCE = "NOT_IN_AUDIENCE";

    private static final Set<SendStatus> TOLD =
            EnumSet.of(SendStatus.ACCEPTED, SendStatus.DELIVERED, SendStatus.COMPLAINED, SendStatus.POSTED);

    private static final Set<SendStatus> IN_DOUBT = EnumSet.of(SendStatus.SENDING, SendStatus.UNKNOWN, SendStatus.HELD);

    private final Ledger ledger;
    private final List<Earlier> earlier = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** Builds the audience of a notice: everybody, unless its facts name an earlier notice. */
    Audience(Incident incident, Incidents incidents, Ledger ledger) {
        this.ledger = ledger;
        incident.toldBy().ifPresent(notice -> add("told_by", notice, incident, incidents));
        incident.notToldBy().ifPresent(notice -> add("not_told_by", notice, incident, incidents));
    }

    private void add(String field, String name, Incident incident, Incidents incidents) {
        var frozen = earlier(name, incident, incidents);
        frozen.ifPresent(notice -> earlier.add(new Earlier(notice, field.equals("told_by"))));
        var file = incident.own().contains(field) ? "notice.json" : "incident.json";
        if (frozen.isEmpty()) findings.add(Finding.at(NO_EARLIER_NOTICE, file, 0, field, name));
    }

    private static Optional<FrozenNotice> earlier(String name, Incident incident, Incidents incidents) {
        if (!NoticeId.isId(name) || name.equals(incident.notice().notice())) return Optional.empty();
        return incidents.frozen(new NoticeId(incident.notice().incident(), name));
    }

    /**
     * Returns the reasons why the audience can't be selected.
     *
     * @param file the list's name
     * @param identity the list's identity scheme; people are found only under the scheme of the earlier notice
     */
    List<Finding> findings(String file, List<String> identity) {
        var all = new ArrayList<>(findings);
        for (var notice : earlier)
            if (!identity.isEmpty() && !notice.frozen().identity().equals(identity))
                all.add(Finding.of(
                        IDENTITY_CHANGED,
                        file,
                        String.join(", ", notice.frozen().identity()),
                        String.join(", ", identity),
                        "audience"));
        return all;
    }

    /** Returns the rows, with those of people outside the audience as skipped. */
    List<Row> sift(List<Row> rows) {
        var sifted = rows;
        for (var notice : earlier) sifted = sift(sifted, notice);
        return sifted;
    }

    private List<Row> sift(List<Row> rows, Earlier notice) {
        var keys = rows.stream()
                .filter(Valid.class::isInstance)
                .map(row -> notice.key((Valid) row))
                .toList();
        if (keys.isEmpty()) return rows;
        var records = ledger.read(keys);
        return rows.stream().map(row -> sift(row, notice, records)).toList();
    }

    private static Row sift(Row row, Earlier notice, Map<SendKey, SendRecord> records) {
        if (!(row instanceof Valid valid)) return row;
        var status = Optional.ofNullable(records.get(notice.key(valid))).map(SendRecord::status);
        return notice.includes(status) ? row : new Row.Skipped(row.row(), NOT_IN_AUDIENCE);
    }

    /** An earlier notice, and whether the audience is the people whom it told. */
    private record Earlier(FrozenNotice frozen, boolean told) {
        SendKey key(Valid row) {
            return new SendKey(frozen.notice(), row.recipient());
        }

        boolean includes(Optional<SendStatus> status) {
            return status.filter(IN_DOUBT::contains).isPresent()
                    || status.filter(TOLD::contains).isPresent() == told;
        }
    }
}

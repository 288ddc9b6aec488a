package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_REASON;
import static dk.underret.incident.FindingCode.NOT_ENDED;
import static dk.underret.incident.FindingCode.NOT_RESENT;
import static dk.underret.intake.ReasonNeeded.REASON;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import dk.underret.incident.FrozenNotice;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.Transitions;
import dk.underret.ledger.Trigger;
import dk.underret.recipient.Recipient;
import dk.underret.recipient.RecipientList;
import dk.underret.recipient.Row;
import dk.underret.run.ChunkRow;
import dk.underret.run.Runs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks the rows of a list of decisions against the ledger, one batch at a time. Each row becomes exactly one chunk row.
 *
 * <p>A row that could not be sent has no identity. A list that closes it, or says that it was told by post, names it by the columns
 * {@code run} and {@code row}, as its run's problems do; such a row needs no address. The Sweep's list of people not reached has
 * these columns for every row.
 */
final class DecisionRows {
    private static final String PREVIOUS = "previous_email";
    private static final String RUN = "run";
    private static final String ROW = "row";

    /** At most nine digits: more than a list may have rows. */
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Ledger ledger;
    private final Runs recorded;
    private final FrozenNotice notice;
    private final RecipientList list;
    private final Upload upload;
    private final UploadKey.Decision decision;
    private final Set<String> runs = new TreeSet<>();
    private final Map<String, Optional<String>> versions = new HashMap<>();

    DecisionRows(
            Ledger ledger,
            Runs recorded,
            FrozenNotice notice,
            RecipientList list,
            Upload upload,
            UploadKey.Decision decision) {
        this.ledger = ledger;
        this.recorded = recorded;
        this.notice = notice;
        this.list = list;
        this.upload = upload;
        this.decision = decision;
    }

    /** Plans the next rows, in the list's order. */
    List<ChunkRow> plan(List<Row> rows, Findings findings) {
        var known = ledger.read(rows.stream().flatMap(this::keys).toList());
        return rows.stream().map(row -> decided(row, known, findings)).toList();
    }

    /** The runs of the rows that were decided about so far. */
    Set<String> runs() {
        return runs;
    }

    private Stream<SendKey> keys(Row row) {
        var former = row instanceof Row.Valid valid ? former(valid) : Optional.<String>empty();
        return Stream.concat(recipients(row), former.stream()).map(this::key);
    }

    private ChunkRow decided(Row row, Map<SendKey, SendRecord> known, Findings findings) {
        return switch (row) {
            case Row.Valid valid ->
                decision.sends() ? resend(valid, known, findings) : end(valid, valid.person(), known, findings);
            case Row.Invalid invalid ->
                named(invalid.person()).isPresent() && hasReason(invalid.person())
                        ? end(invalid, invalid.person(), known, findings)
                        : new ChunkRow.Skipped(
                                invalid.row(), invalid.codes().getFirst().name());
            case Row.Duplicate duplicate -> new ChunkRow.Duplicate(duplicate.row(), duplicate.of());
            case Row.Skipped skipped -> new ChunkRow.Skipped(skipped.row(), skipped.reason());
        };
    }

    private ChunkRow resend(Row.Valid row, Map<SendKey, SendRecord> known, Findings findings) {
        var former = former(row);
        var own = Optional.ofNullable(known.get(key(row.recipient())));
        var seen = former.isEmpty() ? own : former.map(this::key).map(known::get);
        if (seen.isEmpty()) return not(NOT_RESENT, row, "ABSENT", findings);
        if (!Transitions.moves(Trigger.RESEND).contains(seen.get().status()))
            return not(NOT_RESENT, row, seen.get().status().name(), findings);
        if (former.isPresent() && own.isPresent()) return not(NOT_RESENT, row, "CORRECTED", findings);
        runs.add(seen.get().origin().run());
        var replacedBy = former.map(old -> row.recipient());
        return new ChunkRow.Resend(
                row.recipient(),
                row.person(),
                row.address(),
                row.locale(),
                seen.get().token(),
                former,
                new Decision(upload.run(), upload.principal(), "", replacedBy));
    }

    private boolean hasReason(Recipient person) {
        return !decision.closes() || !person.value(REASON).isEmpty();
    }

    private ChunkRow end(Row row, Recipient person, Map<SendKey, SendRecord> known, Findings findings) {
        var seen = recipients(row)
                .map(this::key)
                .filter(known::containsKey)
                .findFirst()
                .map(known::get);
        if (seen.isEmpty()) return not(NOT_ENDED, row, "ABSENT", findings);
        var cause = decision.closes() ? Trigger.CLOSE : Trigger.POST;
        if (!Transitions.moves(cause).contains(seen.get().status()))
            return not(NOT_ENDED, row, seen.get().status().name(), findings);
        var reason = person.value(REASON);
        if (reason.length() > Decision.LONGEST_REASON || reason.contains("@"))
            return not(BAD_REASON, row, Decision.LONGEST_REASON, findings);
        runs.add(seen.get().origin().run());
        var decided = new Decision(upload.run(), upload.principal(), reason, Optional.empty());
        return new ChunkRow.End(
                row.row(), seen.get().key().recipient(), seen.get().token(), cause, decided);
    }

    private ChunkRow not(FindingCode code, Row row, Object argument, Findings findings) {
        findings.add(Finding.at(code, decision.file(), row.row(), "", argument));
        return new ChunkRow.Skipped(row.row(), code.name());
    }

    /** The recipients whose record may be the row's: the row that it names by run and number, then the person's own. */
    private Stream<String> recipients(Row row) {
        return switch (row) {
            case Row.Valid valid -> Stream.concat(named(valid.person()).stream(), Stream.of(valid.recipient()));
            case Row.Invalid invalid -> named(invalid.person()).stream();
            case Row.Duplicate duplicate -> Stream.empty();
            case Row.Skipped skipped -> Stream.empty();
        };
    }

    /** The recipient of a row that could not be sent, found by its run and its number there; empty when the row names none. */
    private Optional<String> named(Recipient person) {
        var row = person.value(ROW);
        if (decision.sends() || !NUMBER.matcher(row).matches()) return Optional.empty();
        return versions.computeIfAbsent(person.value(RUN), this::version)
                .map(version -> list.invalid(version, Long.parseLong(row)));
    }

    private Optional<String> version(String run) {
        if (run.isEmpty()) return Optional.empty();
        return recorded.run(run).map(of -> of.list().version());
    }

    /** The recipient under the address of the first list; empty when it is the same recipient. */
    private Optional<String> former(Row.Valid row) {
        var address = row.person().value(PREVIOUS);
        if (address.isEmpty()) return Optional.empty();
        var values = new LinkedHashMap<>(row.person().values());
        values.put("email", address);
        var former = list.recipient(new Recipient(row.row(), values));
        return former.equals(row.recipient()) ? Optional.empty() : Optional.of(former);
    }

    private SendKey key(String recipient) {
        return new SendKey(notice.notice(), recipient);
    }
}

package dk.underret.simulation;

import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.simulation.ExpectedList.Kind;
import dk.underret.simulation.ExpectedList.Row;
import dk.underret.simulation.SimulatedSes.AcceptedMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks the final state of a simulation: compares the uploaded lists, SES's journal and the tables. */
final class Oracle {
    private static final Set<SendStatus> ACCEPTED_BY_SES = EnumSet.of(
            SendStatus.ACCEPTED,
            SendStatus.DELIVERED,
            SendStatus.BOUNCED,
            SendStatus.COMPLAINED,
            SendStatus.REJECTED,
            SendStatus.SUPPRESSED);

    private final SimulatedCloud cloud;
    private final List<String> errors = new ArrayList<>();
    private final Map<Integer, SendRecord> records = new HashMap<>();

    Oracle(SimulatedCloud cloud) {
        this.cloud = cloud;
    }

    /** Returns the errors found; empty if there are none. */
    List<String> check() {
        errors.addAll(cloud.unexpectedErrors);
        if (!cloud.queuesEmpty()) errors.add("messages are left on a queue");
        cloud.expectedLists.forEach(this::run);
        cloud.decisions.keySet().forEach(this::decision);
        sendRecords();
        people();
        letters();
        if (records.values().stream().noneMatch(record -> record.status() == SendStatus.HELD)
                && !cloud.runs.open().isEmpty()) errors.add("a run is never closed");
        return errors;
    }

    private void run(String id, ExpectedList list) {
        var found = cloud.runs.run(id);
        if (found.isEmpty()) {
            errors.add("a list was lost");
            return;
        }
        var run = found.get();
        if (!cloud.chunks.of(id).isEmpty()) errors.add("chunks with personal data are left");
        if (run.status() == RunStatus.REFUSED) {
            if (!cloud.factsChanged()) errors.add("a list was refused without a reason");
            return;
        }
        settled(run, list.rows().size());
        if (run.tally().of(RowOutcome.SKIPPED) != count(list, Kind.SKIPPED)) errors.add("skipped " + run.tally());
        if (run.tally().of(RowOutcome.INVALID) != count(list, Kind.INVALID)) errors.add("invalid " + run.tally());
        reconciliation(run, list);
    }

    private void settled(Run run, int rows) {
        if (run.status() != RunStatus.SETTLED || run.remaining() != 0)
            errors.add("run " + run.status() + ", " + run.remaining() + " chunks remaining");
        if (run.rows() != rows || run.tally().rows() != run.rows())
            errors.add("rows " + rows + ", of the run " + run.rows() + ", by outcome " + run.tally());
        var sum = Tally.NONE;
        for (var chunk : cloud.runs.chunks(run.id())) sum = sum.plus(chunk.tally());
        if (!sum.equals(run.tally())) errors.add("chunks have " + sum + ", their run has " + run.tally());
    }

    /** Checks a decision's run. It is refused if it was processed before the first letter or after a change of the facts. */
    private void decision(String id) {
        var run = cloud.runs.run(id);
        if (run.isEmpty()) errors.add("a decision was lost");
        else if (run.get().status() != RunStatus.REFUSED)
            settled(run.get(), cloud.decisions.get(id).people().size());
        if (!cloud.chunks.of(id).isEmpty()) errors.add("chunks of a decision with personal data are left");
    }

    /** Compares the last reconciliation with all records of the run. */
    private void reconciliation(Run run, ExpectedList list) {
        var own = cloud.ledger.records().values().stream()
                .filter(record -> record.origin().run().equals(run.id()))
                .toList();
        var tally = Tally.NONE
                .plus(RowOutcome.SKIPPED, count(list, Kind.SKIPPED))
                .plus(RowOutcome.DUPLICATE, Math.max(0, list.rows().size() - own.size() - count(list, Kind.SKIPPED)));
        for (var record : own) tally = tally.plus(RowOutcome.of(record.status()), 1);
        var count = cloud.runs.reconciliation(run.id());
        var stored = count.map(Reconciliation::tally).orElse(Tally.NONE);
        if (tally.rows() != run.rows()
                || !stored.equals(tally)
                || !count.orElseThrow().holds())
            errors.add("recounted " + tally + " of " + run.rows() + ", recorded " + count);
    }

    private static long count(ExpectedList list, Kind kind) {
        return list.rows().stream().filter(row -> row.kind() == kind).count();
    }

    private void sendRecords() {
        for (var record : cloud.ledger.records().values()) {
            var row = expectedRow(record);
            if (row.isEmpty()) errors.add("a record has no row in a list");
            else if (row.get().kind() == Kind.INVALID) checkInvalid(record);
            else if (records.putIfAbsent(row.get().person(), record) != null)
                errors.add("two records of person " + row.get().person());
        }
    }

    private void checkInvalid(SendRecord record) {
        if (record.status() != SendStatus.INVALID) errors.add("an invalid row is " + record.status());
    }

    private Optional<Row> expectedRow(SendRecord record) {
        return Optional.ofNullable(cloud.expectedLists.get(record.origin().run())).stream()
                .flatMap(list -> list.rows().stream())
                .filter(row -> row.number() == record.origin().row())
                .findFirst();
    }

    /** Returns whether a run sends letters. A refused one doesn't. */
    private boolean accepted(String id) {
        return cloud.runs
                .run(id)
                .filter(run -> run.status() != RunStatus.REFUSED)
                .isPresent();
    }

    private void people() {
        cloud.expectedLists.entrySet().stream()
                .filter(list -> accepted(list.getKey()))
                .flatMap(list -> list.getValue().rows().stream())
                .filter(row -> row.kind() == Kind.VALID)
                .map(Row::person)
                .distinct()
                .forEach(this::person);
    }

    private void person(int person) {
        var record = records.get(person);
        if (record == null) {
            errors.add("person " + person + " has no send record");
            return;
        }
        var letters = cloud.ses.journal().stream()
                .filter(message -> message.key().equals(record.key()))
                .toList();
        var causes = cloud.injectedFaults.of(record.key());
        var attempts = letters.stream().map(AcceptedMessage::attempt).distinct().count();
        var resends = record.earlier().size();
        if (letters.size() > attempts || letters.size() > 1 + resends || resends > decisions(person, "resend"))
            errors.add("person " + person + " got " + letters.size() + " letters after " + resends + " resends");
        if (record.closed().isEmpty()) reported(person, record, letters);
        if (ACCEPTED_BY_SES.contains(record.status())) {
            if (letters.isEmpty()) errors.add("person " + person + " is " + record.status() + " and got no letter");
        } else if (!explained(record.status(), causes, person))
            errors.add(
                    "person " + person + " is " + record.status() + ", which the faults " + causes + " don't explain");
    }

    /**
     * Checks that the status is the reported one, in any order of events: DELIVERED if any attempt was, else the newest attempt's.
     */
    private void reported(int person, SendRecord record, List<AcceptedMessage> letters) {
        var delivered = letters.stream()
                .map(cloud.reports::expectedStatus)
                .filter(reported -> reported.contains(SendStatus.DELIVERED))
                .findFirst();
        var newest = letters.stream()
                .filter(message ->
                        record.earlier().isEmpty() || message.attempt().equals(record.token()))
                .map(cloud.reports::expectedStatus)
                .filter(reported -> !reported.isEmpty());
        delivered.map(Stream::of).orElse(newest).forEach(reported -> {
            if (!reported.contains(record.status()))
                errors.add("person " + person + " is " + record.status() + ", and SES reported " + reported);
        });
    }

    /** Returns the number of decisions of this action about a person. */
    private long decisions(int person, String action) {
        return cloud.decisions.values().stream()
                .filter(decision -> decision.action().equals(action))
                .filter(decision -> decision.people().contains(person))
                .count();
    }

    private boolean explained(SendStatus status, Set<InjectedFaults.Cause> causes, int person) {
        return switch (status) {
            case HELD -> causes.contains(InjectedFaults.Cause.UNKNOWN_OUTCOME);
            case FAILED -> causes.contains(InjectedFaults.Cause.RECIPIENT_REFUSED);
            case CLOSED -> decisions(person, "close") > 0;
            case POSTED -> decisions(person, "posted") > 0;
            case SENDING, WAITING, UNKNOWN, ACCEPTED, DELIVERED, BOUNCED, SUPPRESSED, COMPLAINED, REJECTED, INVALID ->
                false;
        };
    }

    private void letters() {
        for (var message : cloud.ses.journal()) {
            var person = person(message);
            var record = records.get(person);
            if (!message.text().contains(Row.name(person)))
                errors.add("person " + person + " got the letter of another person");
            if (record == null || !record.key().equals(message.key()))
                errors.add("a letter to person " + person + " is not recorded under its key");
        }
    }

    private static int person(AcceptedMessage message) {
        return Integer.parseInt(message.to().substring(1, message.to().indexOf('@')));
    }
}

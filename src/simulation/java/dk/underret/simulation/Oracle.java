package dk.underret.simulation;

import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.run.Reconciliation;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.simulation.ExpectedList.Kind;
import dk.underret.simulation.ExpectedList.Line;
import dk.underret.simulation.SimulatedSes.Posted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Judges a world at rest, by the uploaded lists, SES's journal and the tables. */
final class Oracle {
    private static final Set<SendStatus> TOLD = EnumSet.of(
            SendStatus.ACCEPTED,
            SendStatus.DELIVERED,
            SendStatus.BOUNCED,
            SendStatus.COMPLAINED,
            SendStatus.REJECTED,
            SendStatus.SUPPRESSED);

    private final SimulatedCloud world;
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, SendRecord> records = new HashMap<>();

    Oracle(SimulatedCloud world) {
        this.world = world;
    }

    /** What is wrong; nothing if all is well. */
    List<String> verdict() {
        wrong.addAll(world.unexpected);
        if (!world.quiet()) wrong.add("messages are left on a queue");
        world.rosters.forEach(this::run);
        world.decisions.keySet().forEach(this::decision);
        sendRecords();
        people();
        letters();
        if (records.values().stream().noneMatch(record -> record.status() == SendStatus.HELD)
                && !world.runs.open().isEmpty()) wrong.add("a run is open for good");
        return wrong;
    }

    private void run(String id, ExpectedList roster) {
        var found = world.runs.run(id);
        if (found.isEmpty()) {
            wrong.add("a list was lost");
            return;
        }
        var run = found.get();
        if (!world.chunks.of(id).isEmpty()) wrong.add("chunks that name people are left");
        if (run.status() == RunStatus.REFUSED) {
            if (!world.factsChanged()) wrong.add("a list was refused for no reason");
            return;
        }
        settled(run, roster.lines().size());
        if (run.tally().of(RowOutcome.SKIPPED) != count(roster, Kind.SKIPPED)) wrong.add("skipped " + run.tally());
        if (run.tally().of(RowOutcome.INVALID) != count(roster, Kind.INVALID)) wrong.add("invalid " + run.tally());
        recount(run, roster);
    }

    private void settled(Run run, int rows) {
        if (run.status() != RunStatus.SETTLED || run.remaining() != 0)
            wrong.add("run " + run.status() + ", " + run.remaining() + " chunks remaining");
        if (run.rows() != rows || run.tally().rows() != run.rows())
            wrong.add("rows " + rows + ", of the run " + run.rows() + ", in terms " + run.tally());
        var sum = Tally.NONE;
        for (var chunk : world.runs.chunks(run.id())) sum = sum.plus(chunk.tally());
        if (!sum.equals(run.tally())) wrong.add("chunks say " + sum + ", their run " + run.tally());
    }

    /** A decision that came before the first letter, or under other facts, is refused. */
    private void decision(String id) {
        var run = world.runs.run(id);
        if (run.isEmpty()) wrong.add("a decision was lost");
        else if (run.get().status() != RunStatus.REFUSED)
            settled(run.get(), world.decisions.get(id).people().size());
        if (!world.chunks.of(id).isEmpty()) wrong.add("chunks of a decision that name people are left");
    }

    /** What the sweep counted last, against every record. */
    private void recount(Run run, ExpectedList roster) {
        var own = world.ledger.records().values().stream()
                .filter(record -> record.origin().run().equals(run.id()))
                .toList();
        var tally = Tally.NONE
                .plus(RowOutcome.SKIPPED, count(roster, Kind.SKIPPED))
                .plus(
                        RowOutcome.DUPLICATE,
                        Math.max(0, roster.lines().size() - own.size() - count(roster, Kind.SKIPPED)));
        for (var record : own) tally = tally.plus(RowOutcome.of(record.status()), 1);
        var count = world.runs.reconciliation(run.id());
        var stored = count.map(Reconciliation::tally).orElse(Tally.NONE);
        if (tally.rows() != run.rows()
                || !stored.equals(tally)
                || !count.orElseThrow().holds())
            wrong.add("recounted " + tally + " of " + run.rows() + ", recorded " + count);
    }

    private static long count(ExpectedList roster, Kind kind) {
        return roster.lines().stream().filter(line -> line.kind() == kind).count();
    }

    private void sendRecords() {
        for (var record : world.ledger.records().values()) {
            var line = line(record);
            if (line.isEmpty()) wrong.add("a record of no row");
            else if (line.get().kind() == Kind.INVALID) judgeInvalid(record);
            else if (records.putIfAbsent(line.get().person(), record) != null)
                wrong.add("two records of person " + line.get().person());
        }
    }

    private void judgeInvalid(SendRecord record) {
        if (record.status() != SendStatus.INVALID) wrong.add("an invalid row is " + record.status());
    }

    private Optional<Line> line(SendRecord record) {
        return Optional.ofNullable(world.rosters.get(record.origin().run())).stream()
                .flatMap(roster -> roster.lines().stream())
                .filter(line -> line.row() == record.origin().row())
                .findFirst();
    }

    /** Whether a list was taken: of a refused one nobody is told. */
    private boolean taken(String id) {
        return world.runs
                .run(id)
                .filter(run -> run.status() != RunStatus.REFUSED)
                .isPresent();
    }

    private void people() {
        world.rosters.entrySet().stream()
                .filter(list -> taken(list.getKey()))
                .flatMap(list -> list.getValue().lines().stream())
                .filter(line -> line.kind() == Kind.GOOD)
                .map(Line::person)
                .distinct()
                .forEach(this::person);
    }

    private void person(int person) {
        var record = records.get(person);
        if (record == null) {
            wrong.add("person " + person + " was missed");
            return;
        }
        var letters = world.ses.journal().stream()
                .filter(posted -> posted.key().equals(record.key()))
                .toList();
        var causes = world.causes.of(record.key());
        var attempts = letters.stream().map(Posted::attempt).distinct().count();
        var resends = record.earlier().size();
        if (letters.size() > attempts || letters.size() > 1 + resends || resends > decided(person, "resend"))
            wrong.add("person " + person + " was told " + letters.size() + " times, resent " + resends);
        if (record.closed().isEmpty()) reported(person, record, letters);
        if (TOLD.contains(record.status())) {
            if (letters.isEmpty()) wrong.add("person " + person + " is " + record.status() + " and was not told");
        } else if (!explained(record.status(), causes, person))
            wrong.add("person " + person + " is " + record.status() + ", which only " + causes + " would explain");
    }

    /** What was reported stands, in whatever order it came: of the newest attempt, or that any was delivered. */
    private void reported(int person, SendRecord record, List<Posted> letters) {
        var delivered = letters.stream()
                .map(world.reports::of)
                .filter(reported -> reported.contains(SendStatus.DELIVERED))
                .findFirst();
        var newest = letters.stream()
                .filter(posted -> record.earlier().isEmpty() || posted.attempt().equals(record.token()))
                .map(world.reports::of)
                .filter(reported -> !reported.isEmpty());
        delivered.map(Stream::of).orElse(newest).forEach(reported -> {
            if (!reported.contains(record.status()))
                wrong.add("person " + person + " is " + record.status() + ", reported " + reported);
        });
    }

    /** How often a person decided so about another. */
    private long decided(int person, String action) {
        return world.decisions.values().stream()
                .filter(decided -> decided.action().equals(action))
                .filter(decided -> decided.people().contains(person))
                .count();
    }

    private boolean explained(SendStatus status, Set<InjectedFaults.Why> causes, int person) {
        return switch (status) {
            case HELD -> causes.contains(InjectedFaults.Why.DOUBT);
            case FAILED -> causes.contains(InjectedFaults.Why.REFUSED);
            case CLOSED -> decided(person, "close") > 0;
            case POSTED -> decided(person, "posted") > 0;
            case SENDING, WAITING, UNKNOWN, ACCEPTED, DELIVERED, BOUNCED, SUPPRESSED, COMPLAINED, REJECTED, INVALID ->
                false;
        };
    }

    private void letters() {
        for (var posted : world.ses.journal()) {
            var person = person(posted);
            var record = records.get(person);
            if (!posted.text().contains(Line.name(person))) wrong.add("person " + person + " got another's letter");
            if (record == null || !record.key().equals(posted.key()))
                wrong.add("a letter to person " + person + " is not recorded under its key");
        }
    }

    private static int person(Posted posted) {
        return Integer.parseInt(posted.to().substring(1, posted.to().indexOf('@')));
    }
}

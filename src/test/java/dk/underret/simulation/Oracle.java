package dk.underret.simulation;

import dk.underret.ledger.Run;
import dk.underret.ledger.RunStatus;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Term;
import dk.underret.simulation.Roster.Kind;
import dk.underret.simulation.Roster.Line;
import dk.underret.simulation.SimulatedSes.Posted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges a world at rest, by the uploaded lists, SES's journal and the tables. */
final class Oracle {
    private static final Set<SendStatus> TOLD = EnumSet.of(
            SendStatus.ACCEPTED,
            SendStatus.DELIVERED,
            SendStatus.BOUNCED,
            SendStatus.COMPLAINED,
            SendStatus.REJECTED,
            SendStatus.SUPPRESSED);

    private final World world;
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, SendRecord> records = new HashMap<>();

    Oracle(World world) {
        this.world = world;
    }

    /** What is wrong; nothing if all is well. */
    List<String> verdict() {
        wrong.addAll(world.unexpected);
        if (!world.quiet()) wrong.add("messages are left on a queue");
        world.rosters.forEach(this::run);
        sendRecords();
        people();
        letters();
        return wrong;
    }

    private void run(String id, Roster roster) {
        var found = world.runs.run(id);
        if (found.isEmpty()) {
            wrong.add("a list was lost");
            return;
        }
        var run = found.get();
        if (run.status() != RunStatus.SETTLED || run.remaining() != 0)
            wrong.add("run " + run.status() + ", " + run.remaining() + " chunks remaining");
        if (run.rows() != roster.lines().size() || run.tally().rows() != run.rows())
            wrong.add("rows " + roster.lines().size() + ", of the run " + run.rows() + ", in terms " + run.tally());
        var sum = Tally.NONE;
        for (var chunk : world.runs.chunks(id)) sum = sum.plus(chunk.tally());
        if (!sum.equals(run.tally())) wrong.add("chunks say " + sum + ", their run " + run.tally());
        if (!world.chunks.of(id).isEmpty()) wrong.add("chunks that name people are left");
        if (run.tally().of(Term.SKIPPED) != count(roster, Kind.SKIPPED)) wrong.add("skipped " + run.tally());
        if (run.tally().of(Term.INVALID) != count(roster, Kind.INVALID)) wrong.add("invalid " + run.tally());
        recount(run, roster);
    }

    /**
     * What the sweep counted last, against every record. A run in which nothing is open is counted no more; a later bounce or
     * complaint of a delivered letter moves a record from term to term, and leaves the sum.
     */
    private void recount(Run run, Roster roster) {
        var own = world.ledger.records().values().stream()
                .filter(record -> record.originRun().equals(run.id()))
                .toList();
        var tally = Tally.NONE
                .plus(Term.SKIPPED, count(roster, Kind.SKIPPED))
                .plus(Term.DUPLICATE, Math.max(0, roster.lines().size() - own.size() - count(roster, Kind.SKIPPED)));
        for (var record : own) tally = tally.plus(Term.of(record.status()), 1);
        var count = world.runs.count(run.id());
        if (tally.rows() != run.rows() || count.isEmpty() || !count.get().holds())
            wrong.add("recounted " + tally + " of " + run.rows() + ", recorded " + count);
        else if (world.runs.open().contains(run.id()) && !count.get().tally().equals(tally))
            wrong.add("recounted " + tally + ", recorded " + count);
    }

    private static long count(Roster roster, Kind kind) {
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
        return Optional.ofNullable(world.rosters.get(record.originRun())).stream()
                .flatMap(roster -> roster.lines().stream())
                .filter(line -> line.row() == record.originRow())
                .findFirst();
    }

    private void people() {
        world.rosters.values().stream()
                .flatMap(roster -> roster.lines().stream())
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
        if (letters.size() > 1) wrong.add("person " + person + " was told " + letters.size() + " times");
        for (var posted : letters) reported(person, record, world.reports.of(posted));
        if (TOLD.contains(record.status())) {
            if (letters.isEmpty()) wrong.add("person " + person + " is " + record.status() + " and was not told");
        } else if (!explained(record.status(), causes))
            wrong.add("person " + person + " is " + record.status() + ", which only " + causes + " would explain");
    }

    /** What was reported stands, in whatever order it came. */
    private void reported(int person, SendRecord record, Set<SendStatus> reported) {
        if (!reported.isEmpty() && !reported.contains(record.status()))
            wrong.add("person " + person + " is " + record.status() + ", reported " + reported);
    }

    private static boolean explained(SendStatus status, Set<Causes.Why> causes) {
        return switch (status) {
            case HELD -> causes.contains(Causes.Why.DOUBT);
            case FAILED -> causes.contains(Causes.Why.REFUSED);
            case SENDING,
                    WAITING,
                    UNKNOWN,
                    ACCEPTED,
                    DELIVERED,
                    BOUNCED,
                    SUPPRESSED,
                    COMPLAINED,
                    REJECTED,
                    CLOSED,
                    POSTED,
                    INVALID -> false;
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

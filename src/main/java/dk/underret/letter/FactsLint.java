package dk.underret.letter;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.letter.LetterFindings.Reason;
import dk.underret.letter.Requirements.Need;
import dk.underret.letter.Syntax.Argument;
import dk.underret.letter.Syntax.Block;
import dk.underret.letter.Syntax.Call;
import dk.underret.letter.Syntax.Literal;
import dk.underret.letter.Syntax.Path;
import dk.underret.letter.Syntax.Print;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A letter gone through with facts and without a row: blocks that the facts decide are followed the way they go, those that a row
 * decides both ways. What no letter gets is only checked against the facts' schema.
 */
final class FactsLint {
    private final String file;
    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final LetterFindings findings;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Guards guards;
    private final List<Need> needs = new ArrayList<>();
    private final Set<String> subjectColumns = new TreeSet<>();
    private final Set<Part> told = EnumSet.noneOf(Part.class);
    private boolean inSubject;
    private boolean dataFromFacts;
    private boolean dataFromRow;

    FactsLint(String file, Map<String, Object> facts, List<Syntax> subject, List<Syntax> body, Set<Part> covers) {
        this.file = file;
        this.facts = facts;
        this.conditions = new Conditions(facts);
        this.findings = new LetterFindings(file);
        this.guards = new Guards(facts, conditions, findings, columns);
        var top = new State(new Place.Top(), true, List.of());
        inSubject = true;
        nodes(subject, top);
        inSubject = false;
        told.addAll(nodes(body, top));
        told.addAll(covers);
        if (dataFromRow && !dataFromFacts && !covers.contains(Part.DATA))
            needs.add(new Need(Lint.AFFECTED, new Value.AllAffected(), row -> true));
    }

    /** The parts that every letter tells. */
    Set<Part> tells() {
        return Set.copyOf(told);
    }

    /** What it needs of a row. */
    Requirements requirements() {
        return new Requirements(columns.keySet(), needs, subjectColumns, conditions);
    }

    /** All that was found, with the columns that the list has. */
    List<Finding> findings(Set<String> listed) {
        var all = new LetterFindings(file);
        findings.all().forEach(all::add);
        columns.forEach((column, line) -> {
            if (!listed.contains(column))
                all.add(
                        FindingCode.MISSING_COLUMN,
                        line,
                        "recipient." + column,
                        column,
                        String.join(", ", new TreeSet<>(listed)));
        });
        for (Part part : Part.values())
            if (!told.contains(part)) all.add(FindingCode.NOT_IN_LETTER, 0, part.word(), part.word());
        return all.all();
    }

    /** Where the walk is: in which scope, whether anybody gets this, and under which rows' guards. */
    record State(Place scope, boolean live, List<Predicate<Row>> guards) {
        State in(Place place) {
            return new State(place, live, guards);
        }

        State dead() {
            return new State(scope, false, guards);
        }

        State when(Predicate<Row> guard) {
            var more = new ArrayList<>(guards);
            more.add(guard);
            return new State(scope, live, List.copyOf(more));
        }
    }

    private Set<Part> nodes(List<Syntax> nodes, State state) {
        var parts = EnumSet.noneOf(Part.class);
        for (Syntax node : nodes) {
            parts.addAll(
                    switch (node) {
                        case Print print -> print(print, state);
                        case Block block -> block(block, state);
                    });
        }
        return parts;
    }

    private Set<Part> print(Print print, State state) {
        return switch (print.what()) {
            case Path path -> text(path, state);
            case Call call -> formed(call, state);
            case Literal literal -> Set.of();
        };
    }

    private Place place(Path path, State state) {
        return Place.of(path.text(), state.scope(), facts);
    }

    private Set<Part> text(Path path, State state) {
        return switch (place(path, state)) {
            case Place.Fact fact -> fact(fact, path, state);
            case Place.Column column -> column(column, path, state);
            case Place.AffectedWord word -> data(state);
            case Place.Affected all -> wrong(path, Reason.NOT_TEXT);
            case Place.Counter counter -> Set.of();
            case Place.Top top -> wrong(path, Reason.ROOT);
            case Place.Nowhere nowhere -> wrong(path, Reason.UNKNOWN_PATH);
        };
    }

    private Set<Part> fact(Place.Fact fact, Path path, State state) {
        var value = fact.value();
        if (!fact.known()) return wrong(path, Reason.UNKNOWN_PATH);
        if (value instanceof Map || value instanceof List) return wrong(path, Reason.NOT_TEXT);
        if (state.live()) {
            if (value == null || Texts.of(value).isBlank()) return wrong(path, Reason.NO_VALUE);
            if (inSubject && LineEnds.in(Texts.of(value))) return wrong(path, Reason.LINE_END);
        }
        return tells(fact.path(), state);
    }

    private Set<Part> tells(String path, State state) {
        var part = Telling.of(path);
        if (part.isPresent() && part.get() == Part.DATA && state.live()) dataFromFacts = true;
        return part.map(Set::of).orElse(Set.of());
    }

    private Set<Part> data(State state) {
        if (state.live() && !inSubject) dataFromRow = true;
        return Set.of(Part.DATA);
    }

    private Set<Part> column(Place.Column column, Path path, State state) {
        if (!state.live()) return Set.of();
        columns.putIfAbsent(column.name(), path.line());
        if (inSubject) subjectColumns.add(column.name());
        need(column.name(), new Value.Column(column.name()), state);
        return Set.of();
    }

    private void need(String column, Value value, State state) {
        var around = state.guards();
        needs.add(new Need(column, value, row -> around.stream().allMatch(guard -> guard.test(row))));
    }

    private Set<Part> formed(Call call, State state) {
        var path = (Path) call.arguments().get(0);
        var place = place(path, state);
        return switch (call.helper()) {
            case "list" -> list(place, path, call.arguments(), state);
            case "period" -> period(place, path, state);
            case "date" -> {
                if (place instanceof Place.Fact fact && state.live() && fact.value() != null) date(fact, path);
                yield text(path, state);
            }
            default -> text(path, state);
        };
    }

    private void date(Place.Fact fact, Path path) {
        if (fact.value() instanceof String text && !Formats.isDate(text)) wrong(path, Reason.NOT_DATE);
    }

    private Set<Part> period(Place place, Path path, State state) {
        if (!(place instanceof Place.Fact fact) || !fact.known()) return wrong(path, Reason.UNKNOWN_PATH);
        if (!state.live()) return Set.of();
        if (fact.value() == null) return wrong(path, Reason.NO_VALUE);
        if (!(fact.value() instanceof Map<?, ?>)) return wrong(path, Reason.NOT_OBJECT);
        var from = fact.step("from");
        if (from.value() == null) return wrong(path, Reason.NO_VALUE);
        date(from, path);
        date(fact.step("to"), path);
        return Set.of();
    }

    private Set<Part> list(Place place, Path path, List<Argument> arguments, State state) {
        if (place instanceof Place.Affected) {
            need(Lint.AFFECTED, new Value.AllAffected(), state);
            return data(state);
        }
        if (!(place instanceof Place.Fact fact)) return wrong(path, Reason.NOT_LIST);
        if (!fact.known()) return wrong(path, Reason.UNKNOWN_PATH);
        var field = arguments.size() > 1 && arguments.get(1) instanceof Literal name ? name.text() : "";
        if (state.live() && (!(fact.value() instanceof List<?> items) || items.isEmpty()))
            return wrong(path, fact.value() == null ? Reason.NO_VALUE : Reason.NOT_LIST);
        if (fact.value() instanceof List<?> items && state.live()) {
            for (Object item : items)
                fact(field.isEmpty() ? fact.item(item) : fact.item(item).step(field), path, state);
        }
        return tells(field.isEmpty() ? fact.path() : fact.path() + "[]." + field, state);
    }

    private Set<Part> wrong(Path path, Reason reason) {
        findings.add(path.line(), path.text(), reason);
        return Set.of();
    }

    private Set<Part> block(Block block, State state) {
        return switch (block.helper()) {
            case "each" -> each(block, (Path) block.arguments().get(0), state);
            case "with" -> with(block, (Path) block.arguments().get(0), state);
            default -> guarded(block, state);
        };
    }

    private Set<Part> guarded(Block block, State state) {
        var verdict = guards.verdict(block.helper(), block.arguments(), state);
        if (!state.live()) return both(block, state, state);
        return switch (verdict) {
            case Verdict.Fixed fixed -> fixed.holds() ? taken(block, state) : left(block, state);
            case Verdict.PerRow row -> {
                var parts = nodes(block.body(), state.when(row.holds()));
                var others = nodes(block.otherwise(), state.when(row.holds().negate()));
                if (!row.affected()) parts.retainAll(others);
                yield parts;
            }
            case Verdict.Either either -> {
                var parts = nodes(block.body(), state);
                parts.retainAll(nodes(block.otherwise(), state));
                yield parts;
            }
        };
    }

    private Set<Part> taken(Block block, State state) {
        nodes(block.otherwise(), state.dead());
        return nodes(block.body(), state);
    }

    private Set<Part> left(Block block, State state) {
        var parts = EnumSet.noneOf(Part.class);
        parts.addAll(ownParts(block, nodes(block.body(), state.dead()), state));
        parts.addAll(nodes(block.otherwise(), state));
        return parts;
    }

    private Set<Part> both(Block block, State body, State otherwise) {
        var parts = nodes(block.body(), body);
        parts.addAll(nodes(block.otherwise(), otherwise));
        return parts;
    }

    /** The parts of a block that the facts leave out, if its guard is theirs: the letter tells them, the facts lack them. */
    private Set<Part> ownParts(Block block, Set<Part> parts, State state) {
        if (!(block.arguments().get(0) instanceof Path path) || !(place(path, state) instanceof Place.Fact fact))
            return Set.of();
        var own = EnumSet.noneOf(Part.class);
        for (Part part : parts) if (Telling.guards(fact.path(), part)) own.add(part);
        return own;
    }

    private Set<Part> each(Block block, Path path, State state) {
        return switch (place(path, state)) {
            case Place.Affected all -> {
                var within = state.in(new Place.AffectedWord());
                nodes(block.otherwise(), state.when(row -> row.affected().isEmpty()));
                if (state.live()) guards.affectedColumns(path);
                yield nodes(block.body(), within.when(row -> !row.affected().isEmpty()));
            }
            case Place.Fact fact -> each(block, fact, path, state);
            default -> wrong(path, Reason.NOT_LIST);
        };
    }

    private Set<Part> each(Block block, Place.Fact fact, Path path, State state) {
        if (!fact.known()) return wrong(path, Reason.UNKNOWN_PATH);
        if (fact.value() != null && !(fact.value() instanceof List<?>)) return wrong(path, Reason.NOT_LIST);
        if (fact.value() instanceof List<?> items && !items.isEmpty() && state.live())
            return items(block, fact, items, path, state);
        return absent(block, fact, fact.item(null), state);
    }

    private Set<Part> items(Block block, Place.Fact fact, List<?> items, Path path, State state) {
        var parts = EnumSet.noneOf(Part.class);
        boolean sections = fact.path().equals("sections");
        if (sections) conditions.sectionColumns().forEach(column -> columns.putIfAbsent(column, path.line()));
        for (Object item : items) {
            var within = state.in(fact.item(item));
            boolean conditional = sections && item instanceof Map<?, ?> fields && fields.containsKey("only_if");
            if (conditional) nodes(block.body(), within.when(row -> Conditions.sectionFor(item, row.recipient())));
            else parts.addAll(nodes(block.body(), within));
        }
        nodes(block.otherwise(), state.dead());
        return parts;
    }

    private Set<Part> with(Block block, Path path, State state) {
        if (!(place(path, state) instanceof Place.Fact fact)) return wrong(path, Reason.NOT_OBJECT);
        if (!fact.known()) return wrong(path, Reason.UNKNOWN_PATH);
        if (fact.value() != null && !(fact.value() instanceof Map<?, ?>)) return wrong(path, Reason.NOT_OBJECT);
        if (!(fact.value() instanceof Map<?, ?> fields) || fields.isEmpty()) return absent(block, fact, fact, state);
        nodes(block.otherwise(), state.dead());
        return nodes(block.body(), state.in(fact));
    }

    /** A block whose fact is absent: its body is checked against the schema, unless the operator's own fact is just empty. */
    private Set<Part> absent(Block block, Place.Fact fact, Place inside, State state) {
        var parts = EnumSet.noneOf(Part.class);
        boolean checkable = dk.underret.incident.FactsSchema.knows(fact.path());
        if (checkable) {
            var body = nodes(block.body(), state.in(inside).dead());
            parts.addAll(state.live() ? ownParts(block, body, state) : body);
        }
        parts.addAll(nodes(block.otherwise(), state));
        return parts;
    }
}

package dk.underret.letter;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.letter.Syntax.Block;
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
    private final Conditions conditions;
    private final LetterFindings findings;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Guards guards;
    private final OutputAnalysis prints;
    private final Set<RequiredContent> told = EnumSet.noneOf(RequiredContent.class);

    FactsLint(
            String file,
            Map<String, Object> facts,
            List<Syntax> subject,
            List<Syntax> body,
            Set<RequiredContent> covers) {
        this.file = file;
        this.conditions = new Conditions(facts);
        this.findings = new LetterFindings(file);
        this.guards = new Guards(facts, conditions, findings, columns);
        this.prints = new OutputAnalysis(facts, findings, columns, guards);
        var top = new State(new ResolvedPath.Top(), true, List.of());
        prints.inSubject(true);
        nodes(subject, top);
        prints.inSubject(false);
        told.addAll(nodes(body, top));
        told.addAll(covers);
        if (!covers.contains(RequiredContent.DATA)) prints.demandData();
    }

    /** What it needs of a row. */
    Requirements requirements() {
        return new Requirements(
                columns.keySet(), prints.needs(), prints.subjectColumns(), conditions, guards.affected());
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
        for (RequiredContent part : RequiredContent.values())
            if (!told.contains(part)) all.add(FindingCode.NOT_IN_LETTER, 0, part.word(), part.word());
        return all.all();
    }

    /** Where the walk is: in which scope, whether anybody gets this, and under which rows' guards. */
    record State(ResolvedPath scope, boolean live, List<Predicate<RenderRow>> guards) {
        State in(ResolvedPath place) {
            return new State(place, live, guards);
        }

        State dead() {
            return new State(scope, false, guards);
        }

        State when(Predicate<RenderRow> guard) {
            var more = new ArrayList<>(guards);
            more.add(guard);
            return new State(scope, live, List.copyOf(more));
        }
    }

    private Set<RequiredContent> nodes(List<Syntax> nodes, State state) {
        var parts = EnumSet.noneOf(RequiredContent.class);
        for (Syntax node : nodes) {
            parts.addAll(
                    switch (node) {
                        case Print print -> prints.parts(print, state);
                        case Block block -> block(block, state);
                    });
        }
        return parts;
    }

    private Set<RequiredContent> block(Block block, State state) {
        return switch (block.helper()) {
            case "each" -> each(block, (Path) block.arguments().get(0), state);
            case "with" -> with(block, (Path) block.arguments().get(0), state);
            default -> guarded(block, state);
        };
    }

    private Set<RequiredContent> guarded(Block block, State state) {
        var verdict = guards.verdict(block.helper(), block.arguments(), state);
        if (!state.live()) return both(block, state, state);
        return switch (verdict) {
            case BranchOutcome.Fixed fixed -> fixed.holds() ? taken(block, state) : left(block, state);
            case BranchOutcome.PerRow row -> {
                var parts = nodes(block.body(), state.when(row.holds()));
                var others = nodes(block.otherwise(), state.when(row.holds().negate()));
                if (!row.affected()) parts.retainAll(others);
                yield parts;
            }
            case BranchOutcome.Either either -> {
                var parts = nodes(block.body(), state);
                parts.retainAll(nodes(block.otherwise(), state));
                yield parts;
            }
        };
    }

    private Set<RequiredContent> taken(Block block, State state) {
        nodes(block.otherwise(), state.dead());
        return nodes(block.body(), state);
    }

    private Set<RequiredContent> left(Block block, State state) {
        var parts = EnumSet.noneOf(RequiredContent.class);
        parts.addAll(ownParts(block, nodes(block.body(), state.dead()), state));
        parts.addAll(nodes(block.otherwise(), state));
        return parts;
    }

    private Set<RequiredContent> both(Block block, State body, State otherwise) {
        var parts = nodes(block.body(), body);
        parts.addAll(nodes(block.otherwise(), otherwise));
        return parts;
    }

    /** The parts of a block that the facts leave out, if its guard is theirs: the letter tells them, the facts lack them. */
    private Set<RequiredContent> ownParts(Block block, Set<RequiredContent> parts, State state) {
        if (!(block.arguments().get(0) instanceof Path path)
                || !(prints.place(path, state) instanceof ResolvedPath.Fact fact)) return Set.of();
        var own = EnumSet.noneOf(RequiredContent.class);
        for (RequiredContent part : parts) if (ContentPaths.guards(fact.path(), part)) own.add(part);
        return own;
    }

    private Set<RequiredContent> each(Block block, Path path, State state) {
        return switch (prints.place(path, state)) {
            case ResolvedPath.Affected all -> {
                var within = state.in(new ResolvedPath.AffectedWord());
                nodes(block.otherwise(), state.when(row -> row.affected().isEmpty()));
                if (state.live()) guards.affectedColumns(path);
                yield nodes(block.body(), within.when(row -> !row.affected().isEmpty()));
            }
            case ResolvedPath.Fact fact -> each(block, fact, path, state);
            default -> prints.wrong(path, LetterFindings.LetterFault.NOT_LIST);
        };
    }

    private Set<RequiredContent> each(Block block, ResolvedPath.Fact fact, Path path, State state) {
        if (!fact.known()) return prints.wrong(path, LetterFindings.LetterFault.UNKNOWN_PATH);
        if (fact.value() != null && !(fact.value() instanceof List<?>))
            return prints.wrong(path, LetterFindings.LetterFault.NOT_LIST);
        if (fact.value() instanceof List<?> items && !items.isEmpty() && state.live())
            return items(block, fact, items, path, state);
        return absent(block, fact, fact.item(null), state);
    }

    private Set<RequiredContent> items(Block block, ResolvedPath.Fact fact, List<?> items, Path path, State state) {
        var parts = EnumSet.noneOf(RequiredContent.class);
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

    private Set<RequiredContent> with(Block block, Path path, State state) {
        if (!(prints.place(path, state) instanceof ResolvedPath.Fact fact))
            return prints.wrong(path, LetterFindings.LetterFault.NOT_OBJECT);
        if (!fact.known()) return prints.wrong(path, LetterFindings.LetterFault.UNKNOWN_PATH);
        if (fact.value() != null && !(fact.value() instanceof Map<?, ?>))
            return prints.wrong(path, LetterFindings.LetterFault.NOT_OBJECT);
        if (!(fact.value() instanceof Map<?, ?> fields) || fields.isEmpty()) return absent(block, fact, fact, state);
        nodes(block.otherwise(), state.dead());
        return nodes(block.body(), state.in(fact));
    }

    /** A block whose fact is absent: its body is checked against the schema, unless the operator's own fact is just empty. */
    private Set<RequiredContent> absent(Block block, ResolvedPath.Fact fact, ResolvedPath inside, State state) {
        var parts = EnumSet.noneOf(RequiredContent.class);
        boolean checkable = dk.underret.incident.FactsSchema.knows(fact.path());
        if (checkable) {
            var body = nodes(block.body(), state.in(inside).dead());
            parts.addAll(state.live() ? ownParts(block, body, state) : body);
        }
        parts.addAll(nodes(block.otherwise(), state));
        return parts;
    }
}

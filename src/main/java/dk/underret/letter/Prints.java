package dk.underret.letter;

import dk.underret.letter.FactsLint.State;
import dk.underret.letter.LetterFindings.Reason;
import dk.underret.letter.Requirements.Need;
import dk.underret.letter.Syntax.Argument;
import dk.underret.letter.Syntax.Call;
import dk.underret.letter.Syntax.Literal;
import dk.underret.letter.Syntax.Path;
import dk.underret.letter.Syntax.Print;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a letter prints, with these facts: the parts that it tells by that, and the values that it needs of a row. */
final class Prints {
    private final Map<String, Object> facts;
    private final LetterFindings findings;
    private final Map<String, Integer> columns;
    private final Guards guards;
    private final List<Need> needs = new ArrayList<>();
    private final Set<String> subjectColumns = new TreeSet<>();
    private boolean inSubject;
    private boolean dataFromFacts;
    private boolean dataFromRow;

    /**
     * Prints of one letter.
     *
     * @param columns gets each column that is printed, with its line
     */
    Prints(Map<String, Object> facts, LetterFindings findings, Map<String, Integer> columns, Guards guards) {
        this.facts = facts;
        this.findings = findings;
        this.columns = columns;
        this.guards = guards;
    }

    /** Whether what follows is the subject. */
    void inSubject(boolean subject) {
        inSubject = subject;
    }

    /** Demands of every row that it tells what this person lost, where the letter tells it by the row alone. */
    void demandData() {
        if (dataFromRow && !dataFromFacts) needs.add(new Need(Lint.AFFECTED, new Value.AllAffected(), row -> true));
    }

    /** What is printed, and for which rows. */
    List<Need> needs() {
        return needs;
    }

    /** The columns that the subject prints. */
    Set<String> subjectColumns() {
        return subjectColumns;
    }

    /** The parts that a print tells. */
    Set<Part> parts(Print print, State state) {
        return switch (print.what()) {
            case Path path -> text(path, state);
            case Call call -> formed(call, state);
            case Literal literal -> Set.of();
        };
    }

    Place place(Path path, State state) {
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
            if (state.live()) guards.affectedColumns(path);
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

    /** Nothing is told where something is wrong. */
    Set<Part> wrong(Path path, Reason reason) {
        findings.add(path.line(), path.text(), reason);
        return Set.of();
    }
}

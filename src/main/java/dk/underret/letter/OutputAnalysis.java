package dk.underret.letter;

import dk.underret.letter.FactsLint.State;
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
final class OutputAnalysis {
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
    OutputAnalysis(Map<String, Object> facts, LetterFindings findings, Map<String, Integer> columns, Guards guards) {
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
    Set<RequiredContent> parts(Print print, State state) {
        return switch (print.what()) {
            case Path path -> text(path, state);
            case Call call -> formed(call, state);
            case Literal literal -> Set.of();
        };
    }

    ResolvedPath place(Path path, State state) {
        return ResolvedPath.of(path.text(), state.scope(), facts);
    }

    private Set<RequiredContent> text(Path path, State state) {
        return switch (place(path, state)) {
            case ResolvedPath.Fact fact -> fact(fact, path, state);
            case ResolvedPath.Column column -> column(column, path, state);
            case ResolvedPath.AffectedWord word -> data(state);
            case ResolvedPath.Affected all -> wrong(path, LetterFindings.LetterFault.NOT_TEXT);
            case ResolvedPath.Counter counter -> Set.of();
            case ResolvedPath.Top top -> wrong(path, LetterFindings.LetterFault.ROOT);
            case ResolvedPath.Nowhere nowhere -> wrong(path, LetterFindings.LetterFault.UNKNOWN_PATH);
        };
    }

    private Set<RequiredContent> fact(ResolvedPath.Fact fact, Path path, State state) {
        var value = fact.value();
        if (!fact.known()) return wrong(path, LetterFindings.LetterFault.UNKNOWN_PATH);
        if (value instanceof Map || value instanceof List) return wrong(path, LetterFindings.LetterFault.NOT_TEXT);
        if (state.live()) {
            if (value == null || Texts.of(value).isBlank()) return wrong(path, LetterFindings.LetterFault.NO_VALUE);
            if (inSubject && LineEnds.in(Texts.of(value))) return wrong(path, LetterFindings.LetterFault.LINE_END);
        }
        return tells(fact.path(), state);
    }

    private Set<RequiredContent> tells(String path, State state) {
        var part = ContentPaths.of(path);
        if (part.isPresent() && part.get() == RequiredContent.DATA && state.live()) dataFromFacts = true;
        return part.map(Set::of).orElse(Set.of());
    }

    private Set<RequiredContent> data(State state) {
        if (state.live() && !inSubject) dataFromRow = true;
        return Set.of(RequiredContent.DATA);
    }

    private Set<RequiredContent> column(ResolvedPath.Column column, Path path, State state) {
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

    private Set<RequiredContent> formed(Call call, State state) {
        var path = (Path) call.arguments().get(0);
        var place = place(path, state);
        return switch (call.helper()) {
            case "list" -> list(place, path, call.arguments(), state);
            case "period" -> period(place, path, state);
            case "date" -> {
                if (place instanceof ResolvedPath.Fact fact && state.live() && fact.value() != null) date(fact, path);
                yield text(path, state);
            }
            default -> text(path, state);
        };
    }

    private void date(ResolvedPath.Fact fact, Path path) {
        if (fact.value() instanceof String text && !Formats.isDate(text))
            wrong(path, LetterFindings.LetterFault.NOT_DATE);
    }

    private Set<RequiredContent> period(ResolvedPath place, Path path, State state) {
        if (!(place instanceof ResolvedPath.Fact fact) || !fact.known())
            return wrong(path, LetterFindings.LetterFault.UNKNOWN_PATH);
        if (!state.live()) return Set.of();
        if (fact.value() == null) return wrong(path, LetterFindings.LetterFault.NO_VALUE);
        if (!(fact.value() instanceof Map<?, ?>)) return wrong(path, LetterFindings.LetterFault.NOT_OBJECT);
        var from = fact.step("from");
        if (from.value() == null) return wrong(path, LetterFindings.LetterFault.NO_VALUE);
        date(from, path);
        date(fact.step("to"), path);
        return Set.of();
    }

    private Set<RequiredContent> list(ResolvedPath place, Path path, List<Argument> arguments, State state) {
        if (place instanceof ResolvedPath.Affected) {
            if (state.live()) guards.affectedColumns(path);
            need(Lint.AFFECTED, new Value.AllAffected(), state);
            return data(state);
        }
        if (!(place instanceof ResolvedPath.Fact fact)) return wrong(path, LetterFindings.LetterFault.NOT_LIST);
        if (!fact.known()) return wrong(path, LetterFindings.LetterFault.UNKNOWN_PATH);
        var field = arguments.size() > 1 && arguments.get(1) instanceof Literal name ? name.text() : "";
        if (state.live() && (!(fact.value() instanceof List<?> items) || items.isEmpty()))
            return wrong(
                    path,
                    fact.value() == null ? LetterFindings.LetterFault.NO_VALUE : LetterFindings.LetterFault.NOT_LIST);
        if (fact.value() instanceof List<?> items && state.live()) {
            for (Object item : items)
                fact(field.isEmpty() ? fact.item(item) : fact.item(item).step(field), path, state);
        }
        return tells(field.isEmpty() ? fact.path() : fact.path() + "[]." + field, state);
    }

    /** Nothing is told where something is wrong. */
    Set<RequiredContent> wrong(Path path, LetterFindings.LetterFault reason) {
        findings.add(path.line(), path.text(), reason);
        return Set.of();
    }
}

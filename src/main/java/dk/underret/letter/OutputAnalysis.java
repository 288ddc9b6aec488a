package dk.underret.letter;

import dk.underret.letter.LetterFindings.LetterFault;
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

/** Checks, for the lint, each value that a letter prints, and records the required content and the values that a row must have. */
final class OutputAnalysis {
    private final Map<String, Object> facts;
    private final LetterFindings findings;
    private final ColumnReads columns;
    private final List<Need> needs = new ArrayList<>();
    private final Set<String> subjectColumns = new TreeSet<>();
    private boolean inSubject;
    private boolean dataFromFacts;
    private boolean dataFromRow;

    /**
     * For one letter with its facts.
     *
     * @param columns gets each column that is printed
     */
    OutputAnalysis(Map<String, Object> facts, LetterFindings findings, ColumnReads columns) {
        this.facts = facts;
        this.findings = findings;
        this.columns = columns;
    }

    /** Switches to the subject or the body. */
    void inSubject(boolean subject) {
        inSubject = subject;
    }

    /** Requires affected data of every row, if only the row states it and not the letter's facts. */
    void requireAffectedData() {
        if (dataFromRow && !dataFromFacts)
            needs.add(new Need(Conditions.AFFECTED_DATA, new Value.AllAffected(), row -> true));
    }

    /** The row's values that the letter prints. */
    List<Need> needs() {
        return needs;
    }

    /** The columns that the subject prints. */
    Set<String> subjectColumns() {
        return subjectColumns;
    }

    /** Checks a printed value and returns the required content that it states. */
    Set<RequiredContent> content(Print print, LintScope scope) {
        return switch (print.value()) {
            case Path path -> printed(path, scope);
            case Call call -> formatted(call, scope);
        };
    }

    ResolvedPath resolve(Path path, LintScope scope) {
        return ResolvedPath.of(path.text(), scope.context(), facts);
    }

    private Set<RequiredContent> printed(Path path, LintScope scope) {
        return switch (resolve(path, scope)) {
            case ResolvedPath.Fact fact -> fact(fact, path, scope);
            case ResolvedPath.Column column -> column(column, path, scope);
            case ResolvedPath.AffectedItem item -> affectedData(scope);
            case ResolvedPath.AffectedData all -> fault(path, LetterFault.NOT_TEXT);
            case ResolvedPath.LoopVariable variable -> Set.of();
            case ResolvedPath.TopLevel top -> fault(path, LetterFault.ROOT);
            case ResolvedPath.Unresolved unresolved -> fault(path, LetterFault.UNKNOWN_PATH);
        };
    }

    private Set<RequiredContent> fact(ResolvedPath.Fact fact, Path path, LintScope scope) {
        var value = fact.value();
        if (!fact.known()) return fault(path, LetterFault.UNKNOWN_PATH);
        if (value instanceof Map || value instanceof List) return fault(path, LetterFault.NOT_TEXT);
        if (scope.reachable()) {
            if (value == null || Texts.of(value).isBlank()) return fault(path, LetterFault.NO_VALUE);
            if (inSubject && LineEnds.in(Texts.of(value))) return fault(path, LetterFault.LINE_END);
        }
        return contentAt(fact.path(), scope);
    }

    private Set<RequiredContent> contentAt(String path, LintScope scope) {
        var content = ContentPaths.contentAt(path);
        if (content.isPresent() && content.get() == RequiredContent.DATA && scope.reachable()) dataFromFacts = true;
        return content.map(Set::of).orElse(Set.of());
    }

    private Set<RequiredContent> affectedData(LintScope scope) {
        if (scope.reachable() && !inSubject) dataFromRow = true;
        return Set.of(RequiredContent.DATA);
    }

    private Set<RequiredContent> column(ResolvedPath.Column column, Path path, LintScope scope) {
        if (!scope.reachable()) return Set.of();
        columns.add(column.name(), path.line());
        if (inSubject) subjectColumns.add(column.name());
        needs.add(new Need(column.name(), new Value.Column(column.name()), scope::includes));
        return Set.of();
    }

    private Set<RequiredContent> formatted(Call call, LintScope scope) {
        var path = (Path) call.arguments().get(0);
        var resolved = resolve(path, scope);
        return switch (call.helper()) {
            case "list" -> list(resolved, path, call.arguments(), scope);
            case "period" -> period(resolved, path, scope);
            case "date" -> {
                if (resolved instanceof ResolvedPath.Fact fact && scope.reachable() && fact.value() != null)
                    date(fact, path);
                yield printed(path, scope);
            }
            default -> printed(path, scope);
        };
    }

    private void date(ResolvedPath.Fact fact, Path path) {
        if (fact.value() instanceof String text && !Formats.isDate(text)) fault(path, LetterFault.NOT_DATE);
    }

    private Set<RequiredContent> period(ResolvedPath resolved, Path path, LintScope scope) {
        if (!(resolved instanceof ResolvedPath.Fact fact) || !fact.known())
            return fault(path, LetterFault.UNKNOWN_PATH);
        if (!scope.reachable()) return Set.of();
        if (fact.value() == null) return fault(path, LetterFault.NO_VALUE);
        if (!(fact.value() instanceof Map<?, ?>)) return fault(path, LetterFault.NOT_OBJECT);
        var from = fact.child("from");
        if (from.value() == null) return fault(path, LetterFault.NO_VALUE);
        date(from, path);
        date(fact.child("to"), path);
        return Set.of();
    }

    private Set<RequiredContent> list(ResolvedPath resolved, Path path, List<Argument> arguments, LintScope scope) {
        if (resolved instanceof ResolvedPath.AffectedData) {
            if (scope.reachable()) {
                columns.addAffectedData(path.line());
                needs.add(new Need(Conditions.AFFECTED_DATA, new Value.AllAffected(), scope::includes));
            }
            return affectedData(scope);
        }
        if (!(resolved instanceof ResolvedPath.Fact fact)) return fault(path, LetterFault.NOT_LIST);
        if (!fact.known()) return fault(path, LetterFault.UNKNOWN_PATH);
        var field = arguments.size() > 1 && arguments.get(1) instanceof Literal name ? name.text() : "";
        if (scope.reachable() && (!(fact.value() instanceof List<?> items) || items.isEmpty()))
            return fault(path, fact.value() == null ? LetterFault.NO_VALUE : LetterFault.NOT_LIST);
        if (fact.value() instanceof List<?> items && scope.reachable()) {
            for (Object item : items)
                fact(field.isEmpty() ? fact.item(item) : fact.item(item).child(field), path, scope);
        }
        return contentAt(field.isEmpty() ? fact.path() : fact.path() + "[]." + field, scope);
    }

    /** Adds a finding; a faulty tag states no content. */
    Set<RequiredContent> fault(Path path, LetterFault fault) {
        findings.add(path.line(), path.text(), fault);
        return Set.of();
    }
}

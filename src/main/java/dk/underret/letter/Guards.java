package dk.underret.letter;

import dk.underret.letter.LetterFindings.LetterFault;
import dk.underret.letter.Syntax.Argument;
import dk.underret.letter.Syntax.Call;
import dk.underret.letter.Syntax.Literal;
import dk.underret.letter.Syntax.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides, for the lint, which branch a block's test selects with these facts, and records the columns that the test reads. */
final class Guards {
    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final LetterFindings findings;
    private final ColumnReads columns;

    /**
     * For one letter with its facts.
     *
     * @param columns gets each column that a test reads
     */
    Guards(Map<String, Object> facts, Conditions conditions, LetterFindings findings, ColumnReads columns) {
        this.facts = facts;
        this.conditions = conditions;
        this.findings = findings;
        this.columns = columns;
    }

    /** Returns the outcome of this test. */
    BranchOutcome outcome(String helper, List<Argument> arguments, LintScope scope) {
        return switch (helper) {
            case "eq" -> equality(arguments, scope);
            case "neq" -> equality(arguments, scope).not();
            case "not", "unless" -> outcome(arguments.get(0), scope).not();
            case "or" -> BranchOutcome.any(outcomes(arguments, scope));
            default -> BranchOutcome.all(outcomes(arguments, scope));
        };
    }

    private List<BranchOutcome> outcomes(List<Argument> arguments, LintScope scope) {
        return arguments.stream().map(argument -> outcome(argument, scope)).toList();
    }

    private BranchOutcome outcome(Argument argument, LintScope scope) {
        return switch (argument) {
            case Literal literal -> new BranchOutcome.Fixed(Truthiness.of(literal.text()));
            case Call call -> outcome(call.helper(), call.arguments(), scope);
            case Path path -> outcome(path, scope);
        };
    }

    private BranchOutcome outcome(Path path, LintScope scope) {
        return switch (ResolvedPath.of(path.text(), scope.context(), facts)) {
            case ResolvedPath.Fact fact -> outcome(fact, path, scope);
            case ResolvedPath.Column column -> {
                if (scope.reachable()) columns.add(column.name(), path.line());
                yield new BranchOutcome.PerRow(
                        row -> Truthiness.of(row.recipient().value(column.name())), false);
            }
            case ResolvedPath.AffectedData all -> {
                if (scope.reachable()) columns.addAffectedData(path.line());
                yield new BranchOutcome.PerRow(row -> !row.affected().isEmpty(), true);
            }
            case ResolvedPath.AffectedItem item -> new BranchOutcome.Undecided();
            case ResolvedPath.LoopVariable variable -> new BranchOutcome.Undecided();
            default -> {
                findings.add(path.line(), path.text(), LetterFault.UNKNOWN_PATH);
                yield new BranchOutcome.Undecided();
            }
        };
    }

    private BranchOutcome outcome(ResolvedPath.Fact fact, Path path, LintScope scope) {
        if (!fact.known()) findings.add(path.line(), path.text(), LetterFault.UNKNOWN_PATH);
        if (!fact.path().equals("sections") || conditions.sectionColumns().isEmpty() || !scope.reachable())
            return new BranchOutcome.Fixed(Truthiness.of(fact.value()));
        columns.addSectionColumns(path.line());
        var sections = (List<?>) Objects.requireNonNull(fact.value());
        return new BranchOutcome.PerRow(
                row -> sections.stream().anyMatch(section -> Conditions.sectionFor(section, row.recipient())), false);
    }

    private BranchOutcome equality(List<Argument> arguments, LintScope scope) {
        var left = value(arguments.get(0), scope);
        var right = value(arguments.get(1), scope);
        if (left == null || right == null) return new BranchOutcome.Undecided();
        if (left instanceof Value.Constant a && right instanceof Value.Constant b)
            return new BranchOutcome.Fixed(Texts.same(a.text(), b.text()));
        return new BranchOutcome.PerRow(row -> Texts.same(left.of(row), right.of(row)), false);
    }

    /** Returns the compared value; null if it differs within one letter. */
    private @Nullable Value value(Argument argument, LintScope scope) {
        if (argument instanceof Literal literal) return new Value.Constant(literal.text());
        if (!(argument instanceof Path path)) return null;
        return switch (ResolvedPath.of(path.text(), scope.context(), facts)) {
            case ResolvedPath.Fact fact -> {
                if (!fact.known()) findings.add(path.line(), path.text(), LetterFault.UNKNOWN_PATH);
                yield new Value.Constant(fact.value() == null ? "" : Texts.of(fact.value()));
            }
            case ResolvedPath.Column column -> {
                if (scope.reachable()) columns.add(column.name(), path.line());
                yield new Value.Column(column.name());
            }
            default -> null;
        };
    }
}

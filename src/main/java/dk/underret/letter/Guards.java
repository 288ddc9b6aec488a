package dk.underret.letter;

import dk.underret.letter.FactsLint.State;
import dk.underret.letter.Syntax.Argument;
import dk.underret.letter.Syntax.Call;
import dk.underret.letter.Syntax.Literal;
import dk.underret.letter.Syntax.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which way a letter's guards go with these facts; the columns that they ask for are noted. */
final class Guards {
    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final LetterFindings findings;
    private final Map<String, Integer> columns;
    private boolean affected;

    /**
     * Guards of one letter.
     *
     * @param columns gets each column that is asked for, with its line
     */
    Guards(Map<String, Object> facts, Conditions conditions, LetterFindings findings, Map<String, Integer> columns) {
        this.facts = facts;
        this.conditions = conditions;
        this.findings = findings;
        this.columns = columns;
    }

    /** Notes that what a person lost is asked, and the columns that it depends on. */
    void affectedColumns(Path path) {
        affected = true;
        conditions.affectedColumns().forEach(column -> columns.putIfAbsent(column, path.line()));
    }

    /** Whether what a person lost is asked anywhere. */
    boolean affected() {
        return affected;
    }

    /** Which way a block of this helper goes. */
    BranchOutcome verdict(String helper, List<Argument> arguments, State state) {
        return switch (helper) {
            case "eq" -> same(arguments, state);
            case "neq" -> same(arguments, state).not();
            case "not", "unless" -> verdict(arguments.get(0), state).not();
            case "or" -> BranchOutcome.any(verdicts(arguments, state));
            default -> BranchOutcome.all(verdicts(arguments, state));
        };
    }

    private List<BranchOutcome> verdicts(List<Argument> arguments, State state) {
        return arguments.stream().map(argument -> verdict(argument, state)).toList();
    }

    private BranchOutcome verdict(Argument argument, State state) {
        return switch (argument) {
            case Literal literal -> new BranchOutcome.Fixed(Truthiness.of(literal.text()));
            case Call call -> verdict(call.helper(), call.arguments(), state);
            case Path path ->
                switch (ResolvedPath.of(path.text(), state.scope(), facts)) {
                    case ResolvedPath.Fact fact -> guard(fact, path, state);
                    case ResolvedPath.Column column -> {
                        if (state.live()) columns.putIfAbsent(column.name(), path.line());
                        yield new BranchOutcome.PerRow(
                                row -> Truthiness.of(row.recipient().value(column.name())), false);
                    }
                    case ResolvedPath.Affected all -> {
                        if (state.live()) affectedColumns(path);
                        yield new BranchOutcome.PerRow(row -> !row.affected().isEmpty(), true);
                    }
                    case ResolvedPath.AffectedWord word -> new BranchOutcome.Either();
                    case ResolvedPath.Counter counter -> new BranchOutcome.Either();
                    default -> {
                        findings.add(path.line(), path.text(), LetterFindings.LetterFault.UNKNOWN_PATH);
                        yield new BranchOutcome.Either();
                    }
                };
        };
    }

    private BranchOutcome guard(ResolvedPath.Fact fact, Path path, State state) {
        if (!fact.known()) findings.add(path.line(), path.text(), LetterFindings.LetterFault.UNKNOWN_PATH);
        if (!fact.path().equals("sections") || conditions.sectionColumns().isEmpty() || !state.live())
            return new BranchOutcome.Fixed(Truthiness.of(fact.value()));
        conditions.sectionColumns().forEach(column -> columns.putIfAbsent(column, path.line()));
        var sections = (List<?>) java.util.Objects.requireNonNull(fact.value());
        return new BranchOutcome.PerRow(
                row -> sections.stream().anyMatch(section -> Conditions.sectionFor(section, row.recipient())), false);
    }

    private BranchOutcome same(List<Argument> arguments, State state) {
        var one = value(arguments.get(0), state);
        var other = value(arguments.get(1), state);
        if (one == null || other == null) return new BranchOutcome.Either();
        if (one instanceof Value.Constant a && other instanceof Value.Constant b)
            return new BranchOutcome.Fixed(Texts.same(a.text(), b.text()));
        return new BranchOutcome.PerRow(row -> Texts.same(one.of(row), other.of(row)), false);
    }

    /** What is compared; null where it can't be told without a row. */
    private @Nullable Value value(Argument argument, State state) {
        if (argument instanceof Literal literal) return new Value.Constant(literal.text());
        if (!(argument instanceof Path path)) return null;
        return switch (ResolvedPath.of(path.text(), state.scope(), facts)) {
            case ResolvedPath.Fact fact -> {
                if (!fact.known()) findings.add(path.line(), path.text(), LetterFindings.LetterFault.UNKNOWN_PATH);
                yield new Value.Constant(fact.value() == null ? "" : Texts.of(fact.value()));
            }
            case ResolvedPath.Column column -> {
                if (state.live()) columns.putIfAbsent(column.name(), path.line());
                yield new Value.Column(column.name());
            }
            default -> null;
        };
    }
}

package dk.underret.letter;

import dk.underret.incident.FactsSchema;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.letter.LetterFindings.LetterFault;
import dk.underret.letter.Syntax.Block;
import dk.underret.letter.Syntax.Path;
import dk.underret.letter.Syntax.Print;
import dk.underret.recipient.Columns;
import dk.underret.recipient.Recipient;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks a letter against facts, without any row: walks its syntax tree once and collects findings, the columns that it reads, the
 * values that it requires of a row, and the content that every letter has.
 *
 * <p>If the facts decide a block, the walk follows the branch that is printed; if the row decides, it follows both. A branch that no
 * letter with these facts gets is checked against the facts' schema only. The methods of the walk return the required content that
 * every reader of the block gets.
 */
final class FactsLint {
    private final String file;
    private final Conditions conditions;
    private final LetterFindings findings;
    private final ColumnReads columns;
    private final Guards guards;
    private final OutputAnalysis output;
    private final Set<RequiredContent> content = EnumSet.noneOf(RequiredContent.class);

    /**
     * Checks a letter.
     *
     * @param covers the content that the letter's own words state
     */
    FactsLint(
            String file,
            Map<String, Object> facts,
            List<Syntax> subject,
            List<Syntax> body,
            Set<RequiredContent> covers) {
        this.file = file;
        this.conditions = new Conditions(facts);
        this.findings = new LetterFindings(file);
        this.columns = new ColumnReads(conditions);
        this.guards = new Guards(facts, conditions, findings, columns);
        this.output = new OutputAnalysis(facts, findings, columns);
        output.inSubject(true);
        nodes(subject, LintScope.ofWholeLetter());
        output.inSubject(false);
        content.addAll(nodes(body, LintScope.ofWholeLetter()));
        content.addAll(covers);
        if (!covers.contains(RequiredContent.DATA)) output.requireAffectedData();
    }

    /** The values that the letter requires of a row. */
    Requirements requirements() {
        return new Requirements(
                requiredColumns(),
                columns.lines().keySet(),
                output.needs(),
                output.subjectColumns(),
                conditions,
                columns.readsAffectedData());
    }

    /** The columns that a list must have: those that the letter reads, except optional ones that it prints under their own guard only. */
    private Set<String> requiredColumns() {
        var required = new LinkedHashSet<>(columns.lines().keySet());
        required.removeIf(column -> Columns.isOptional(column) && !needs(column));
        return required;
    }

    /** Whether a row that lacks just this column would lack a value that its letter prints. */
    private boolean needs(String column) {
        var values = new HashMap<String, String>();
        for (var other : columns.lines().keySet()) values.put(other, isSame(other, column) ? "" : "x");
        var row = new RenderRow(new Recipient(0, values), conditions);
        return output.needs().stream()
                .anyMatch(need -> isSame(need.column(), column) && need.when().test(row));
    }

    /** Whether two names are of one column: {@code barn} and {@code about} are. */
    private static boolean isSame(String one, String another) {
        return Columns.canonical(one).equals(Columns.canonical(another));
    }

    /** All findings, by line. */
    List<Finding> findings(Set<String> listColumns) {
        var all = new LetterFindings(file);
        findings.all().forEach(all::add);
        for (var column : requiredColumns())
            if (!listColumns.contains(Columns.canonical(column)))
                all.add(
                        FindingCode.MISSING_COLUMN,
                        columns.lines().getOrDefault(column, 0),
                        "recipient." + column,
                        column,
                        String.join(", ", new TreeSet<>(listColumns)));
        if (listColumns.contains(Columns.ABOUT)
                && output.needs().stream().noneMatch(need -> isSame(need.column(), Columns.ABOUT)))
            all.add(FindingCode.ABOUT_NOT_PRINTED, 0, "recipient." + Columns.ABOUT);
        for (RequiredContent required : RequiredContent.values())
            if (!content.contains(required))
                all.add(FindingCode.NOT_IN_LETTER, 0, required.keyword(), required.keyword());
        return all.all();
    }

    private Set<RequiredContent> nodes(List<Syntax> nodes, LintScope scope) {
        var found = EnumSet.noneOf(RequiredContent.class);
        for (Syntax node : nodes) {
            found.addAll(
                    switch (node) {
                        case Print print -> output.content(print, scope);
                        case Block block -> block(block, scope);
                    });
        }
        return found;
    }

    private Set<RequiredContent> block(Block block, LintScope scope) {
        return switch (block.helper()) {
            case "each" -> each(block, (Path) block.arguments().get(0), scope);
            case "with" -> with(block, (Path) block.arguments().get(0), scope);
            default -> guarded(block, scope);
        };
    }

    private Set<RequiredContent> guarded(Block block, LintScope scope) {
        var outcome = guards.outcome(block.helper(), block.arguments(), scope);
        if (!scope.reachable()) {
            var found = nodes(block.body(), scope);
            found.addAll(nodes(block.otherwise(), scope));
            return found;
        }
        return switch (outcome) {
            case BranchOutcome.Fixed fixed -> fixed.holds() ? bodyOnly(block, scope) : elseOnly(block, scope);
            case BranchOutcome.PerRow row -> {
                var found = nodes(block.body(), scope.onlyFor(row.condition()));
                var others =
                        nodes(block.otherwise(), scope.onlyFor(row.condition().negate()));
                if (!row.onlyAffectedData()) found.retainAll(others);
                yield found;
            }
            case BranchOutcome.Undecided undecided -> {
                var found = nodes(block.body(), scope);
                found.retainAll(nodes(block.otherwise(), scope));
                yield found;
            }
        };
    }

    private Set<RequiredContent> bodyOnly(Block block, LintScope scope) {
        nodes(block.otherwise(), scope.unreachable());
        return nodes(block.body(), scope);
    }

    private Set<RequiredContent> elseOnly(Block block, LintScope scope) {
        var found = EnumSet.noneOf(RequiredContent.class);
        found.addAll(guardedContent(block, nodes(block.body(), scope.unreachable()), scope));
        found.addAll(nodes(block.otherwise(), scope));
        return found;
    }

    /**
     * The content of a block that the facts leave out, if the block asks for just that fact. Such a letter has the content; the facts
     * lack it, and their own check reports that.
     */
    private Set<RequiredContent> guardedContent(Block block, Set<RequiredContent> content, LintScope scope) {
        if (!(block.arguments().get(0) instanceof Path path)
                || !(output.resolve(path, scope) instanceof ResolvedPath.Fact fact)) return Set.of();
        var guarded = EnumSet.noneOf(RequiredContent.class);
        for (RequiredContent required : content) if (ContentPaths.isGuard(fact.path(), required)) guarded.add(required);
        return guarded;
    }

    private Set<RequiredContent> each(Block block, Path path, LintScope scope) {
        return switch (output.resolve(path, scope)) {
            case ResolvedPath.AffectedData all -> {
                var items = scope.within(new ResolvedPath.AffectedItem());
                nodes(block.otherwise(), scope.onlyFor(row -> row.affected().isEmpty()));
                if (scope.reachable()) columns.addAffectedData(path.line());
                yield nodes(block.body(), items.onlyFor(row -> !row.affected().isEmpty()));
            }
            case ResolvedPath.Fact fact -> each(block, fact, path, scope);
            default -> output.fault(path, LetterFault.NOT_LIST);
        };
    }

    private Set<RequiredContent> each(Block block, ResolvedPath.Fact fact, Path path, LintScope scope) {
        if (!fact.known()) return output.fault(path, LetterFault.UNKNOWN_PATH);
        if (fact.value() != null && !(fact.value() instanceof List<?>)) return output.fault(path, LetterFault.NOT_LIST);
        if (fact.value() instanceof List<?> items && !items.isEmpty() && scope.reachable())
            return items(block, fact, items, path, scope);
        return absent(block, fact, fact.item(null), scope);
    }

    private Set<RequiredContent> items(Block block, ResolvedPath.Fact fact, List<?> items, Path path, LintScope scope) {
        var found = EnumSet.noneOf(RequiredContent.class);
        boolean sections = fact.path().equals("sections");
        if (sections) columns.addSectionColumns(path.line());
        for (Object item : items) {
            var within = scope.within(fact.item(item));
            boolean conditional = sections && item instanceof Map<?, ?> fields && fields.containsKey("only_if");
            if (conditional) nodes(block.body(), within.onlyFor(row -> Conditions.sectionFor(item, row.recipient())));
            else found.addAll(nodes(block.body(), within));
        }
        nodes(block.otherwise(), scope.unreachable());
        return found;
    }

    private Set<RequiredContent> with(Block block, Path path, LintScope scope) {
        if (!(output.resolve(path, scope) instanceof ResolvedPath.Fact fact))
            return output.fault(path, LetterFault.NOT_OBJECT);
        if (!fact.known()) return output.fault(path, LetterFault.UNKNOWN_PATH);
        if (fact.value() != null && !(fact.value() instanceof Map<?, ?>))
            return output.fault(path, LetterFault.NOT_OBJECT);
        if (!(fact.value() instanceof Map<?, ?> fields) || fields.isEmpty()) return absent(block, fact, fact, scope);
        nodes(block.otherwise(), scope.unreachable());
        return nodes(block.body(), scope.within(fact));
    }

    /**
     * Checks a block whose fact is absent. The schema has the names that its body may use. It doesn't have an operator's own
     * facts, so the body of such a block isn't checked.
     */
    private Set<RequiredContent> absent(Block block, ResolvedPath.Fact fact, ResolvedPath context, LintScope scope) {
        var found = EnumSet.noneOf(RequiredContent.class);
        if (FactsSchema.knows(fact.path())) {
            var body = nodes(block.body(), scope.within(context).unreachable());
            found.addAll(scope.reachable() ? guardedContent(block, body, scope) : body);
        }
        found.addAll(nodes(block.otherwise(), scope));
        return found;
    }
}

package dk.underret.letter;

import dk.underret.letter.LetterFindings.LetterFault;
import dk.underret.letter.Syntax.Argument;
import dk.underret.letter.Syntax.Block;
import dk.underret.letter.Syntax.Call;
import dk.underret.letter.Syntax.Literal;
import dk.underret.letter.Syntax.Path;
import dk.underret.letter.Syntax.Print;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks a letter's tags without facts: helpers, their arguments, the roots of paths. {@link FactsLint} continues with facts. */
final class TagLint {
    private static final Pattern ROOTED =
            Pattern.compile("incident(\\.[\\p{L}_][\\p{L}\\p{N}_-]*|\\.\\[?\\d+]?)+|recipient\\.[\\p{L}\\p{N}_]+");
    private static final Pattern SCOPED = Pattern.compile(
            "@(index|first|last)|(\\./|this\\.)?[\\p{L}_][\\p{L}\\p{N}_-]*(\\.[\\p{L}_][\\p{L}\\p{N}_-]*|\\.\\[?\\d+]?)*|\\.");

    private final LetterFindings findings;
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * Checks a letter.
     *
     * @param findings gets the faults
     */
    TagLint(List<Syntax> subject, List<Syntax> body, LetterFindings findings) {
        this.findings = findings;
        nodes(subject, false);
        nodes(body, false);
    }

    /** The line of the first use of each path. */
    Map<String, Integer> lines() {
        return Map.copyOf(lines);
    }

    /** The columns that the letter names, sorted. */
    Set<String> columns() {
        var columns = new TreeSet<String>();
        for (String path : lines.keySet())
            if (path.startsWith("recipient.")) columns.add(path.substring("recipient.".length()));
        return columns;
    }

    private void nodes(List<Syntax> nodes, boolean scoped) {
        for (Syntax node : nodes) {
            switch (node) {
                case Print print -> print(print, scoped);
                case Block block -> block(block, scoped);
            }
        }
    }

    private void print(Print print, boolean scoped) {
        switch (print.value()) {
            case Path path -> path(path, scoped);
            case Call call -> formatter(call, scoped);
        }
    }

    private void formatter(Call call, boolean scoped) {
        if (!HelperFunctions.FORMATTERS.contains(call.helper())) {
            boolean known = HelperFunctions.BLOCKS.contains(call.helper());
            findings.add(call.line(), call.helper(), known ? LetterFault.ARGUMENTS : LetterFault.HELPER);
            return;
        }
        int most = call.helper().equals("number") ? 1 : 2;
        boolean valid =
                call.arguments().size() <= most && (call.arguments().size() < 2 || hasValidSecondArgument(call));
        if (valid && call.arguments().get(0) instanceof Path path) path(path, scoped);
        else findings.add(call.line(), call.helper(), LetterFault.ARGUMENTS);
    }

    private static boolean hasValidSecondArgument(Call call) {
        return call.arguments().get(1) instanceof Literal literal
                && (call.helper().equals("list") || literal.text().equals(Formats.SHORT));
    }

    private void block(Block block, boolean scoped) {
        var helper = block.helper();
        boolean opensScope = helper.equals("each") || helper.equals("with");
        if (!HelperFunctions.BLOCKS.contains(helper)) {
            findings.add(block.line(), "#" + helper, LetterFault.HELPER);
        } else if (!accepts(helper, block.arguments().size())
                || (opensScope && !(block.arguments().get(0) instanceof Path))) {
            findings.add(block.line(), "#" + helper, LetterFault.ARGUMENTS);
        } else {
            for (Argument argument : block.arguments()) argument(argument, block.line(), scoped);
        }
        nodes(block.body(), scoped || opensScope);
        nodes(block.otherwise(), scoped);
    }

    private void argument(Argument argument, int line, boolean scoped) {
        switch (argument) {
            case Literal literal -> {}
            case Path path -> path(path, scoped);
            case Call call -> {
                if (!HelperFunctions.TESTS.contains(call.helper()))
                    findings.add(
                            line,
                            call.helper(),
                            HelperFunctions.FORMATTERS.contains(call.helper())
                                    ? LetterFault.ARGUMENTS
                                    : LetterFault.HELPER);
                else if (!accepts(call.helper(), call.arguments().size()))
                    findings.add(line, call.helper(), LetterFault.ARGUMENTS);
                for (Argument inner : call.arguments()) argument(inner, line, scoped);
            }
        }
    }

    private static boolean accepts(String helper, int arguments) {
        return switch (helper) {
            case "eq", "neq" -> arguments == 2;
            case "and", "or" -> arguments >= 2;
            default -> arguments == 1;
        };
    }

    private void path(Path path, boolean scoped) {
        var text = path.text();
        boolean helper = HelperFunctions.BLOCKS.contains(text) || HelperFunctions.FORMATTERS.contains(text);
        boolean rooted = ROOTED.matcher(text).matches();
        boolean startsAtRoot = text.matches("(incident|recipient)\\b.*");
        if (helper) findings.add(path.line(), text, LetterFault.ARGUMENTS);
        else if (!rooted && (startsAtRoot || !scoped || !SCOPED.matcher(text).matches()))
            findings.add(path.line(), text, LetterFault.ROOT);
        else lines.putIfAbsent(text, path.line());
    }
}

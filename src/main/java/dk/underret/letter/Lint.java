package dk.underret.letter;

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

/** What is wrong with a letter's tags by themselves: helpers, their arguments, roots. {@link #against} goes on with facts. */
final class Lint {
    /** The column that is a list of words. */
    static final String AFFECTED = "affected_data";

    private static final Pattern ROOTED =
            Pattern.compile("incident(\\.[\\p{L}_][\\p{L}\\p{N}_-]*|\\.\\[?\\d+]?)+|recipient\\.[\\p{L}\\p{N}_]+");
    private static final Pattern SCOPED = Pattern.compile(
            "@(index|first|last)|(\\./|this\\.)?[\\p{L}_][\\p{L}\\p{N}_-]*(\\.[\\p{L}_][\\p{L}\\p{N}_-]*|\\.\\[?\\d+]?)*|\\.");

    private final String file;
    private final List<Syntax> subject;
    private final List<Syntax> body;
    private final Set<RequiredContent> covers;
    private final Map<String, Integer> lines = new HashMap<>();

    Lint(String file, List<Syntax> subject, List<Syntax> body, Set<RequiredContent> covers) {
        this.file = file;
        this.subject = subject;
        this.body = body;
        this.covers = Set.copyOf(covers);
    }

    /** The line of the first use of a path, 0 where it can't be told. */
    int line(String path) {
        return lines.getOrDefault(path, 0);
    }

    /** The columns that the letter names. */
    Set<String> columns() {
        var columns = new TreeSet<String>();
        for (String path : lines.keySet())
            if (path.startsWith("recipient.")) columns.add(path.substring("recipient.".length()));
        return columns;
    }

    /** The letter with facts. */
    FactsLint against(Map<String, Object> facts) {
        return new FactsLint(file, facts, subject, body, covers);
    }

    /** Finds what is wrong whatever the facts are. */
    void alone(LetterFindings findings) {
        nodes(subject, false, findings);
        nodes(body, false, findings);
    }

    private void nodes(List<Syntax> nodes, boolean scoped, LetterFindings findings) {
        for (Syntax node : nodes) {
            switch (node) {
                case Print print -> print(print, scoped, findings);
                case Block block -> block(block, scoped, findings);
            }
        }
    }

    private void print(Print print, boolean scoped, LetterFindings findings) {
        switch (print.what()) {
            case Path path -> path(path, scoped, findings);
            case Call call -> form(call, scoped, findings);
            case Literal literal -> findings.add(print.line(), literal.text(), LetterFindings.LetterFault.CONSTRUCT);
        }
    }

    private void form(Call call, boolean scoped, LetterFindings findings) {
        if (!HelperFunctions.FORMS.contains(call.helper())) {
            boolean known = HelperFunctions.BLOCKS.contains(call.helper());
            findings.add(
                    call.line(),
                    call.helper(),
                    known ? LetterFindings.LetterFault.ARGUMENTS : LetterFindings.LetterFault.HELPER);
            return;
        }
        int most = call.helper().equals("number") ? 1 : 2;
        boolean right = call.arguments().size() <= most && (call.arguments().size() < 2 || second(call));
        if (right && call.arguments().get(0) instanceof Path path) path(path, scoped, findings);
        else findings.add(call.line(), call.helper(), LetterFindings.LetterFault.ARGUMENTS);
    }

    private static boolean second(Call call) {
        return call.arguments().get(1) instanceof Literal literal
                && (call.helper().equals("list") || literal.text().equals(Formats.SHORT));
    }

    private void block(Block block, boolean scoped, LetterFindings findings) {
        var helper = block.helper();
        boolean opens = helper.equals("each") || helper.equals("with");
        if (!HelperFunctions.BLOCKS.contains(helper)) {
            findings.add(block.line(), "#" + helper, LetterFindings.LetterFault.HELPER);
        } else if (!takes(helper, block.arguments().size())
                || (opens && !(block.arguments().get(0) instanceof Path))) {
            findings.add(block.line(), "#" + helper, LetterFindings.LetterFault.ARGUMENTS);
        } else {
            for (Argument argument : block.arguments()) argument(argument, block.line(), scoped, findings);
        }
        nodes(block.body(), scoped || opens, findings);
        nodes(block.otherwise(), scoped, findings);
    }

    private void argument(Argument argument, int line, boolean scoped, LetterFindings findings) {
        switch (argument) {
            case Literal literal -> {}
            case Path path -> path(path, scoped, findings);
            case Call call -> {
                if (!HelperFunctions.TESTS.contains(call.helper()))
                    findings.add(
                            line,
                            call.helper(),
                            HelperFunctions.FORMS.contains(call.helper())
                                    ? LetterFindings.LetterFault.ARGUMENTS
                                    : LetterFindings.LetterFault.HELPER);
                else if (!takes(call.helper(), call.arguments().size()))
                    findings.add(line, call.helper(), LetterFindings.LetterFault.ARGUMENTS);
                for (Argument inner : call.arguments()) argument(inner, line, scoped, findings);
            }
        }
    }

    private static boolean takes(String helper, int arguments) {
        return switch (helper) {
            case "eq", "neq" -> arguments == 2;
            case "and", "or" -> arguments >= 2;
            default -> arguments == 1;
        };
    }

    private void path(Path path, boolean scoped, LetterFindings findings) {
        var text = path.text();
        boolean helper = HelperFunctions.BLOCKS.contains(text) || HelperFunctions.FORMS.contains(text);
        boolean rooted = ROOTED.matcher(text).matches();
        boolean root = text.matches("(incident|recipient)\\b.*");
        if (helper) findings.add(path.line(), text, LetterFindings.LetterFault.ARGUMENTS);
        else if (!rooted && (root || !scoped || !SCOPED.matcher(text).matches()))
            findings.add(path.line(), text, LetterFindings.LetterFault.ROOT);
        else lines.putIfAbsent(text, path.line());
    }
}

package dk.underret.letter;

import com.github.jknack.handlebars.internal.HbsLexer;
import com.github.jknack.handlebars.internal.HbsParser;
import com.github.jknack.handlebars.internal.HbsParser.BlockContext;
import com.github.jknack.handlebars.internal.HbsParser.BodyContext;
import com.github.jknack.handlebars.internal.HbsParser.ElseBlockContext;
import com.github.jknack.handlebars.internal.HbsParser.ElseStmtChainContext;
import com.github.jknack.handlebars.internal.HbsParser.ParamContext;
import com.github.jknack.handlebars.internal.HbsParser.RefParamContext;
import com.github.jknack.handlebars.internal.HbsParser.SexprContext;
import com.github.jknack.handlebars.internal.HbsParser.StatementContext;
import com.github.jknack.handlebars.internal.HbsParser.SubParamExprContext;
import com.github.jknack.handlebars.internal.antlr.BaseErrorListener;
import com.github.jknack.handlebars.internal.antlr.CharStreams;
import com.github.jknack.handlebars.internal.antlr.CommonTokenStream;
import com.github.jknack.handlebars.internal.antlr.ParserRuleContext;
import com.github.jknack.handlebars.internal.antlr.RecognitionException;
import com.github.jknack.handlebars.internal.antlr.Recognizer;
import com.github.jknack.handlebars.internal.antlr.Token;
import dk.underret.letter.LetterFindings.LetterFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a template with Handlebars' own grammar and refuses the constructs that a letter may not use. */
final class SyntaxReader {
    private final LetterFindings findings;

    private SyntaxReader(LetterFindings findings) {
        this.findings = findings;
    }

    /** Returns the tree of a source. Reports refused constructs and leaves them out. */
    static List<Syntax> read(String source, LetterFindings findings) {
        var errors = new Errors(source, findings);
        var lexer = new HbsLexer(CharStreams.fromString(source), "{{", "}}");
        lexer.removeErrorListeners();
        lexer.addErrorListener(errors);
        var parser = new HbsParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(errors);
        var body = parser.template().body();
        return errors.found ? List.of() : new SyntaxReader(findings).body(body);
    }

    private List<Syntax> body(BodyContext body) {
        var nodes = new ArrayList<Syntax>();
        for (var statement : body.statement()) statement(statement, nodes);
        return nodes;
    }

    private void statement(StatementContext statement, List<Syntax> nodes) {
        int line = statement.getStart().getLine();
        if (statement.text() != null || statement.comment() != null) return;
        if (statement.var() != null) {
            var tag = statement.var();
            if (tag.DECORATOR() != null) refuse(line, "{{*");
            else nodes.add(new Syntax.Print(print(tag.sexpr()), line));
        } else if (statement.block() != null) {
            block(statement.block(), nodes);
        } else {
            refuse(line, construct(statement));
        }
    }

    private static String construct(StatementContext statement) {
        if (statement.tvar() != null) return "{{{";
        if (statement.ampvar() != null) return "{{&";
        if (statement.delimiters() != null) return "{{=";
        if (statement.rawBlock() != null) return "{{{{";
        if (statement.unless() != null) return "{{^";
        if (statement.escape() != null) return "\\{{";
        return "{{>";
    }

    private void block(BlockContext block, List<Syntax> nodes) {
        int line = block.getStart().getLine();
        if (block.DECORATOR() != null) {
            refuse(line, "{{#*");
        } else if (block.blockParams() != null) {
            refuse(line, "as |…|");
        } else {
            var otherwise = otherwise(block.elseBlock());
            nodes.add(new Syntax.Block(
                    name(block.sexpr()), arguments(block.sexpr()), body(block.thenBody), otherwise, line));
        }
    }

    private List<Syntax> otherwise(@Nullable ElseBlockContext block) {
        if (block == null) return List.of();
        List<Syntax> otherwise = block.elseStmt() == null ? List.of() : body(block.elseStmt().unlessBody);
        var chain = block.elseStmtChain();
        for (int i = chain.size() - 1; i >= 0; i--) otherwise = List.of(chained(chain.get(i), otherwise));
        return otherwise;
    }

    private Syntax chained(ElseStmtChainContext chain, List<Syntax> otherwise) {
        int line = chain.getStart().getLine();
        if (chain.blockParams() != null) refuse(line, "as |…|");
        return new Syntax.Block(name(chain.sexpr()), arguments(chain.sexpr()), body(chain.unlessBody), otherwise, line);
    }

    private Syntax.Printable print(SexprContext tag) {
        return tag.param().isEmpty() && tag.hash().isEmpty() ? path(name(tag), tag) : call(tag);
    }

    private Syntax.Call call(SexprContext call) {
        return new Syntax.Call(name(call), arguments(call), call.getStart().getLine());
    }

    private static String name(SexprContext tag) {
        return tag.QID().getText();
    }

    private List<Syntax.Argument> arguments(SexprContext tag) {
        if (!tag.hash().isEmpty())
            refuse(tag.getStart().getLine(), tag.hash(0).QID().getText() + "=");
        var arguments = new ArrayList<Syntax.Argument>();
        for (var parameter : tag.param()) arguments.add(argument(parameter));
        return arguments;
    }

    private Syntax.Argument argument(ParamContext parameter) {
        return switch (parameter) {
            case RefParamContext path -> path(path.QID().getText(), path);
            case SubParamExprContext call -> call(call.sexpr());
            default -> new Syntax.Literal(unquoted(parameter.getText()));
        };
    }

    private static Syntax.Path path(String text, ParserRuleContext at) {
        return new Syntax.Path(text, at.getStart().getLine());
    }

    private static String unquoted(String literal) {
        boolean quoted = literal.length() > 1 && (literal.charAt(0) == '"' || literal.charAt(0) == '\'');
        return quoted ? literal.substring(1, literal.length() - 1) : literal;
    }

    private void refuse(int line, String construct) {
        findings.add(line, construct, LetterFault.CONSTRUCT);
    }

    private static final class Errors extends BaseErrorListener {
        /** The most characters of a tag that a finding shows. */
        private static final int MAX_SHOWN = 40;

        private static final Pattern BLOCK = Pattern.compile("\\{\\{~?([#/])\\s*([^\\s{}]+)");

        private final String source;
        private final LetterFindings findings;
        private boolean found;

        Errors(String source, LetterFindings findings) {
            this.source = source;
            this.findings = findings;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                Object symbol,
                int line,
                int column,
                String message,
                RecognitionException cause) {
            var ended = symbol instanceof Token token && token.getType() == Token.EOF;
            if (!found && !(ended && unclosed())) findings.add(line, tag(line, column), LetterFault.SYNTAX);
            found = true;
        }

        /**
         * Returns the beginning of the tag at a place. A column would mislead: that of a subject doesn't count {@code Subject:}.
         *
         * @param column from 0, in code points
         */
        private String tag(int line, int column) {
            int at = 0;
            for (int i = 1; i < line; i++) at = source.indexOf('\n', at) + 1;
            at = source.offsetByCodePoints(at, Math.min(column, source.codePointCount(at, source.length())));
            int start = Math.max(0, source.lastIndexOf("{{", at));
            int end = source.indexOf("}}", start);
            end = end < 0 ? source.length() : end + 2;
            while (source.startsWith("}", end)) end++;
            var tag = source.substring(start, Math.min(end, start + MAX_SHOWN));
            return tag.lines().findFirst().orElse("{{");
        }

        /** Whether the letter ends within a block. Reports the line where the block opens, not the end of the file. */
        private boolean unclosed() {
            var open = new ArrayDeque<MatchResult>();
            BLOCK.matcher(source).results().forEach(tag -> {
                if (tag.group(1).equals("#")) open.push(tag);
                else open.poll();
            });
            if (open.isEmpty()) return false;
            var before = source.substring(0, open.getFirst().start());
            var line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            findings.add(line, "{{#" + open.getFirst().group(2), LetterFault.UNCLOSED);
            return true;
        }
    }
}

package dk.underret.letter;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.context.MapValueResolver;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A letter's source, compiled: subject, text and HTML from one file, the language of the letter its locale. Immutable, thread-safe;
 * the only user of Handlebars.
 *
 * <p>The facts' conditional sections are sorted out before the template sees them. A letter prints those of a row by
 *
 * <pre>{@code
 * {{#each incident.sections}}
 * ## {{heading}}
 * {{#each paragraphs}}
 *
 * {{this}}
 * {{/each}}
 *
 * {{/each}}
 * }</pre>
 *
 * and what this person lost by <code>{{#each recipient.affected_data}}</code> or <code>{{list recipient.affected_data}}</code>.
 */
public final class LetterTemplate {
    private final LetterSource source;
    private final Lint lint;
    private final Template subject;
    private final Template body;

    private LetterTemplate(LetterSource source, LetterHeader header, Lint lint) throws IOException {
        this.source = source;
        this.lint = lint;
        // Values reach neither template as text (see Cell), so that nothing is left to escape.
        var handlebars = new Handlebars().with(EscapingStrategy.NOOP).prettyPrint(true);
        HelperFunctions.register(handlebars, Formats.of(source.locale()));
        this.subject = handlebars.compileInline(header.subject());
        this.body = handlebars.compileInline(header.body());
    }

    /**
     * Compiles a source.
     *
     * @throws FindingsException with all that is wrong with it by itself: encoding, syntax, helpers, roots, refused constructs, a leftover
     *     placeholder, no subject; with one finding where its locale is no language tag, it is no UTF-8, is too long or goes too deep
     */
    public static LetterTemplate compile(LetterSource source) throws FindingsException {
        var findings = new LetterFindings(source.file());
        if (!Formats.isKnown(source.locale())) {
            findings.add(0, source.locale(), LetterFindings.LetterFault.LANGUAGE);
            throw new FindingsException(findings.all());
        }
        if (!SourceCheck.isText(source.text(), findings) || !LetterLimits.hold(source.text(), findings))
            throw new FindingsException(findings.all());
        var header = LetterHeader.of(source.text(), findings);
        SourceCheck.of(header, source.text(), findings);
        var lint = new Lint(
                source.file(),
                SyntaxReader.read(header.subject(), findings),
                SyntaxReader.read(header.body(), findings),
                header.covers());
        lint.alone(findings);
        var all = findings.all();
        if (!all.isEmpty()) throw new FindingsException(all);
        try {
            return new LetterTemplate(source, header, lint);
        } catch (HandlebarsException e) {
            // What Handlebars says may hold the source; the reader above has found whatever can be named.
            var error = e.getError();
            findings.add(error == null ? 0 : error.line, "{{", LetterFindings.LetterFault.SYNTAX);
            throw new FindingsException(findings.all());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source that was compiled. */
    public LetterSource source() {
        return source;
    }

    /**
     * Checks the letter against the facts it will be made of and the columns of the list.
     *
     * @param facts the notice's merged facts
     * @param columns the list's canonical column names
     * @return in the letter's order; empty when every row that meets {@link #requirements} gets a whole letter
     */
    public List<Finding> check(Map<String, Object> facts, Set<String> columns) {
        return lint.against(facts).findings(columns);
    }

    /** What the letter needs of each row. */
    public Requirements requirements(Map<String, Object> facts) {
        return lint.against(facts).requirements();
    }

    /** The letter with its facts, ready for any number of recipients. The facts must not change afterwards. */
    public PreparedLetter prepare(Map<String, Object> facts) {
        return new PreparedLetter(this, facts);
    }

    /** The letter in the shape that it has for this row. */
    RenderPlan plan(Map<String, Object> facts, RenderRow row, RenderTrace trace) {
        var model = Model.of(facts, row, trace, lint.columns());
        try {
            var subjectLine = apply(subject, model).strip();
            var markdown = new Markdown(apply(body, model), trace);
            var text = markdown.text();
            var page = Html.page(source.locale(), subjectLine, markdown.html());
            return new RenderPlan(
                    source.file(),
                    source.locale(),
                    SlottedText.of(subjectLine, trace, value -> value),
                    SlottedText.of(text, trace, Texts::folded),
                    SlottedText.of(page, trace, value -> Html.escaped(Texts.folded(value))),
                    trace.slots(),
                    lint::line);
        } catch (MissingValue blank) {
            throw new MissingValueException(source.file(), lint.line(blank.path()), blank.path());
        }
    }

    private String apply(Template template, Map<String, Object> model) {
        try {
            return template.apply(Context.newBuilder(model)
                    .resolver(MapValueResolver.INSTANCE)
                    .build());
        } catch (HandlebarsException e) {
            // Its message can hold the whole model, so it is not chained.
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof MissingValue blank) throw blank;
            var error = e.getError();
            throw new MissingValueException(source.file(), error == null ? 0 : error.line, "{{");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

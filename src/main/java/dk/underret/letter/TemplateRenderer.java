package dk.underret.letter;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.context.MapValueResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * Renders a letter for one row, with Handlebars and Markdown, into a plan that serves all rows of the same shape. Immutable and
 * thread-safe.
 */
final class TemplateRenderer {
    private final LetterSource source;
    private final Template subject;
    private final Template body;
    private final Map<String, Integer> lines;
    private final Set<String> columns;

    private TemplateRenderer(
            LetterSource source, Template subject, Template body, Map<String, Integer> lines, Set<String> columns) {
        this.source = source;
        this.subject = subject;
        this.body = body;
        this.lines = lines;
        this.columns = columns;
    }

    /**
     * Compiles a letter.
     *
     * @param lines the line of each path, for errors
     * @param columns the columns that the letter names
     * @throws HandlebarsException for a source that Handlebars can't read
     */
    static TemplateRenderer compile(
            LetterSource source, LetterHeader header, Map<String, Integer> lines, Set<String> columns) {
        // Values don't pass through the templates (see TemplateValue), so there is nothing to escape.
        var handlebars = new Handlebars().with(EscapingStrategy.NOOP).prettyPrint(true);
        HelperFunctions.register(handlebars, Formats.of(source.locale()));
        try {
            var subject = handlebars.compileInline(header.subject());
            var body = handlebars.compileInline(header.body());
            return new TemplateRenderer(source, subject, body, lines, columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Renders the letter for this row.
     *
     * @param trace records the conditions that decided the shape
     * @throws MissingValueException if the row or the facts lack a value that the letter prints
     */
    RenderPlan render(Map<String, Object> facts, RenderRow row, RenderTrace trace) {
        var model = Model.of(facts, row, trace, columns);
        try {
            var subjectLine = apply(subject, model).strip();
            var markdown = new Markdown(apply(body, model), trace);
            var text = markdown.text();
            var page = Html.page(source.locale(), Html.escaped(subjectLine), markdown.html());
            return new RenderPlan(
                    source.file(),
                    source.locale(),
                    SlottedText.of(subjectLine, trace, value -> value),
                    SlottedText.of(text, trace, Texts::folded),
                    SlottedText.of(page, trace, value -> Html.escaped(Texts.folded(value))),
                    trace.slots(),
                    this::line);
        } catch (MissingValue missing) {
            throw new MissingValueException(source.file(), line(missing.path()), missing.path());
        }
    }

    private int line(String path) {
        return lines.getOrDefault(path, 0);
    }

    private String apply(Template template, Map<String, Object> model) {
        try {
            return template.apply(Context.newBuilder(model)
                    .resolver(MapValueResolver.INSTANCE)
                    .build());
        } catch (HandlebarsException e) {
            // Handlebars' message can contain the whole model, so it is not chained.
            for (Throwable cause = e; cause != null; cause = cause.getCause())
                if (cause instanceof MissingValue missing) throw missing;
            var error = e.getError();
            throw new MissingValueException(source.file(), error == null ? 0 : error.line, "{{");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dk.underret.letter;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.context.MapValueResolver;
import dk.underret.recipient.Recipient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A reference for the cost of a letter with plain Handlebars: one template each for the subject, the text and the HTML, rendered
 * for each person. The HTML template is the Markdown of the letter converted once, with the tags left in. It omits the layout,
 * which has no tags.
 */
public final class StockLetter {
    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}");

    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final Template subject;
    private final Template text;
    private final Template html;

    /** Compiles a Danish letter with its facts. */
    public StockLetter(String source, Map<String, Object> facts) throws IOException {
        this.facts = facts;
        conditions = new Conditions(facts);
        var header = LetterHeader.of(source, new LetterFindings("da.hbs"));
        subject = handlebars(EscapingStrategy.NOOP).compileInline(header.subject());
        text = handlebars(EscapingStrategy.NOOP).compileInline(header.body());
        html = handlebars(EscapingStrategy.HTML_ENTITY).compileInline(html(header.body()));
    }

    private static Handlebars handlebars(EscapingStrategy escaping) {
        var handlebars = new Handlebars().with(escaping);
        handlebars.registerHelper("period", StockLetter::period);
        return handlebars;
    }

    /** The only custom helper that the sample letter calls, for plain facts. */
    static Object period(Map<String, Object> period, Options options) {
        return Formats.of("da")
                .period(
                        String.valueOf(period.get("from")),
                        String.valueOf(period.get("to")),
                        options.params.length > 0 && Formats.SHORT.equals(options.params[0]));
    }

    /** Converts Markdown to HTML. Replaces the tags by alphanumeric words before, and restores them in the same order after. */
    private static String html(String body) {
        var tags = new ArrayList<String>();
        var words = TAG.matcher(body).replaceAll(tag -> {
            tags.add(tag.group());
            return "zq" + (tags.size() - 1) + "qz";
        });
        var page =
                HtmlRenderer.builder().build().render(Parser.builder().build().parse(words));
        for (var i = 0; i < tags.size(); i++) page = page.replace("zq" + i + "qz", tags.get(i));
        return page;
    }

    /** Renders the three templates for one person. */
    public List<String> render(Recipient person) throws IOException {
        var row = new HashMap<String, Object>(person.values());
        row.put("affected_data", conditions.affected(person));
        var model = Context.newBuilder(Map.of("incident", facts, "recipient", row))
                .resolver(MapValueResolver.INSTANCE)
                .build();
        return List.of(subject.apply(model), text.apply(model), html.apply(model));
    }
}

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
 * What a letter costs where Handlebars is used as it comes: one template for the subject, one for the text, one for the HTML, each
 * rendered for each person. The HTML template is what the letter's Markdown becomes with its tags left in, so that no Markdown is
 * read per letter; the layout around it, which has no tags, is left out.
 */
public final class StockLetter {
    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}");

    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final Template subject;
    private final Template text;
    private final Template html;

    /** Compiles a letter's source, in Danish, with its facts. */
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

    /** The one helper of ours that the sample's letter calls, on plain facts. */
    static Object period(Map<String, Object> period, Options options) {
        return Formats.of("da")
                .period(
                        String.valueOf(period.get("from")),
                        String.valueOf(period.get("to")),
                        options.params.length > 0 && Formats.SHORT.equals(options.params[0]));
    }

    /** Tags go through Markdown as words of letters and digits, and come back in the order in which they stood. */
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

    /** Renders all three for one person. */
    public List<String> render(Recipient person) throws IOException {
        var row = new HashMap<String, Object>(person.values());
        row.put("affected_data", conditions.affected(person));
        var model = Context.newBuilder(Map.of("incident", facts, "recipient", row))
                .resolver(MapValueResolver.INSTANCE)
                .build();
        return List.of(subject.apply(model), text.apply(model), html.apply(model));
    }
}

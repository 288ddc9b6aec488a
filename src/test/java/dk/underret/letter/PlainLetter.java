package dk.underret.letter;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.context.MapValueResolver;
import dk.underret.recipient.Recipient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reference implementation of a letter. Renders every row with plain Handlebars and then with Markdown, and escapes values with
 * backslashes.
 */
public final class PlainLetter {
    private final Map<String, Object> facts;
    private final Conditions conditions;
    private final Template subject;
    private final Template body;

    /** Compiles a Danish letter with its facts. */
    public PlainLetter(String source, Map<String, Object> facts) throws IOException {
        this.facts = facts;
        this.conditions = new Conditions(facts);
        var header = LetterHeader.of(source, new LetterFindings("da.hbs"));
        this.subject = handlebars(EscapingStrategy.NOOP).compileInline(header.subject());
        this.body = handlebars(PlainLetter::escaped).compileInline(header.body());
    }

    private static Handlebars handlebars(EscapingStrategy escaping) {
        var handlebars = new Handlebars().with(escaping).prettyPrint(true);
        HelperFunctions.register(handlebars, Formats.of("da"));
        handlebars.registerHelper("period", StockLetter::period);
        return handlebars;
    }

    private static CharSequence escaped(CharSequence value) {
        return Texts.folded(value.toString()).replaceAll("([\\p{Punct}])", "\\\\$1");
    }

    /** Renders the letter of one recipient. */
    public Letter render(Recipient recipient) {
        var incident = new HashMap<>(facts);
        if (facts.get("sections") instanceof List<?> sections)
            incident.put(
                    "sections",
                    sections.stream()
                            .filter(s -> Conditions.sectionFor(s, recipient))
                            .toList());
        var row = new HashMap<String, Object>(recipient.values());
        row.put("affected_data", conditions.affected(recipient));
        Map<String, Object> model = Map.of("incident", incident, "recipient", row);
        var line = apply(subject, model).strip();
        var markdown = new Markdown(apply(body, model), new RenderTrace(new RenderRow(recipient, conditions)));
        return new Letter(
                "da", line, markdown.text(), Html.page("da", Html.escaped(Texts.folded(line)), markdown.html()));
    }

    private static String apply(Template template, Map<String, Object> model) {
        try {
            return template.apply(Context.newBuilder(model)
                    .resolver(MapValueResolver.INSTANCE)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dk.underret.letter;

import com.github.jknack.handlebars.HandlebarsException;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingsException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled letter: checks itself against facts and a list's columns, and prepares letters. Immutable and thread-safe.
 *
 * <p>Sections of the facts with a condition are selected per row before the template runs. A letter prints a row's sections with
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
 * and the person's affected data with <code>{{#each recipient.affected_data}}</code> or
 * <code>{{list recipient.affected_data}}</code>.
 */
public final class LetterTemplate {
    private final LetterSource source;
    private final List<Syntax> subject;
    private final List<Syntax> body;
    private final Set<RequiredContent> covers;
    private final TemplateRenderer renderer;

    private LetterTemplate(
            LetterSource source,
            List<Syntax> subject,
            List<Syntax> body,
            Set<RequiredContent> covers,
            TemplateRenderer renderer) {
        this.source = source;
        this.subject = List.copyOf(subject);
        this.body = List.copyOf(body);
        this.covers = Set.copyOf(covers);
        this.renderer = renderer;
    }

    /**
     * Compiles a source.
     *
     * @throws FindingsException with all faults that need no facts: syntax, helpers, roots of paths, refused constructs, a leftover
     *     placeholder, no subject; with a single finding if the locale is not a known language tag, or the source is not UTF-8, too
     *     long or nested too deeply
     */
    public static LetterTemplate compile(LetterSource source) throws FindingsException {
        var findings = new LetterFindings(source.file());
        if (!Formats.isKnown(source.locale())) {
            findings.add(0, source.locale(), LetterFindings.LetterFault.LANGUAGE);
            throw new FindingsException(findings.all());
        }
        if (!SourceCheck.isText(source.text(), findings) || !LetterLimits.check(source.text(), findings))
            throw new FindingsException(findings.all());
        var header = LetterHeader.of(source.text(), findings);
        SourceCheck.check(header, source.text(), findings);
        var subject = SyntaxReader.read(header.subject(), findings);
        var body = SyntaxReader.read(header.body(), findings);
        var tags = new TagLint(subject, body, findings);
        var all = findings.all();
        if (!all.isEmpty()) throw new FindingsException(all);
        try {
            var renderer = TemplateRenderer.compile(source, header, tags.lines(), tags.columns());
            return new LetterTemplate(source, subject, body, header.covers(), renderer);
        } catch (HandlebarsException e) {
            // Handlebars' message may quote the source, so it is dropped. SyntaxReader names whatever can be named.
            var error = e.getError();
            findings.add(error == null ? 0 : error.line, "{{", LetterFindings.LetterFault.UNMATCHED);
            throw new FindingsException(findings.all());
        }
    }

    /**
     * Checks the letter against facts and the columns of a list.
     *
     * @param facts the notice's merged facts
     * @param columns the list's canonical column names
     * @return findings by line; empty if every row that meets {@link #requirements} gets a complete letter
     */
    public List<Finding> check(Map<String, Object> facts, Set<String> columns) {
        return lint(facts).findings(columns);
    }

    /** Returns the values that the letter requires of each row. */
    public Requirements requirements(Map<String, Object> facts) {
        return lint(facts).requirements();
    }

    private FactsLint lint(Map<String, Object> facts) {
        return new FactsLint(source.file(), facts, subject, body, covers);
    }

    /** Combines the letter with its facts, ready for any number of recipients. The facts must not change afterwards. */
    public PreparedLetter prepare(Map<String, Object> facts) {
        return new PreparedLetter(renderer, facts);
    }
}

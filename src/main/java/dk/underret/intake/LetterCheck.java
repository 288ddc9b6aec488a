package dk.underret.intake;

import dk.underret.incident.Finding;
import dk.underret.letter.LetterSource;
import java.util.List;
import java.util.Locale;

/** What the author of an uploaded letter is told of it. */
final class LetterCheck {
    private LetterCheck() {}

    /**
     * A line for each finding: file, line, what stands there, code and sentence.
     *
     * @param language Danish or English
     */
    static String text(LetterSource source, List<Finding> findings, Locale language) {
        var danish = language.getLanguage().equals("da");
        var text = new StringBuilder(heading(source)).append("\n\n");
        if (findings.isEmpty())
            text.append(
                    danish
                            ? "Brevet er i orden for sig selv. Om det passer til oplysningerne og listen, ses, når listen lægges op.\n"
                            : "The letter is in order by itself. Whether it fits the facts and the list is told when a list comes.\n");
        for (var finding : findings)
            text.append(line(finding, language, danish)).append('\n');
        return text.toString();
    }

    private static String heading(LetterSource source) {
        return "letters/" + source.name() + "/" + source.file() + ", version " + source.version() + ":";
    }

    private static String line(Finding finding, Locale language, boolean danish) {
        var line = finding.row() == 0 ? "" : (danish ? ", linje " : ", line ") + finding.row();
        var where = finding.column().isEmpty() ? "" : ", " + finding.column();
        return finding.file() + line + where + ": " + finding.code() + ": " + finding.message(language);
    }
}

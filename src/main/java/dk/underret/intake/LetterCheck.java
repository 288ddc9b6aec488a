package dk.underret.intake;

import dk.underret.incident.Finding;
import dk.underret.incident.Language;
import dk.underret.letter.LetterSource;
import java.util.List;

/** Writes the check of an uploaded letter, for its author. */
final class LetterCheck {
    private LetterCheck() {}

    /**
     * Returns a heading and a line for each finding: file, line, column, code and message.
     *
     * @param language the reader's
     */
    static String text(LetterSource source, List<Finding> findings, Language language) {
        var messages = new PreviewMessages(language);
        var text = new StringBuilder(heading(source)).append("\n\n");
        if (findings.isEmpty()) text.append(messages.of("check.fine")).append('\n');
        for (var finding : findings)
            text.append(line(finding, language, messages)).append('\n');
        return text.toString();
    }

    private static String heading(LetterSource source) {
        return "letters/" + source.name() + "/" + source.file() + ", version " + source.version() + ":";
    }

    private static String line(Finding finding, Language language, PreviewMessages messages) {
        var line = finding.row() == 0 ? "" : ", " + messages.of("check.line", Long.toString(finding.row()));
        var where = finding.column().isEmpty() ? "" : ", " + finding.column();
        return finding.file() + line + where + ": " + finding.code() + ": " + finding.message(language);
    }
}

package dk.underret.testing;

import java.util.stream.Collectors;

/** What letters say, for comparing them word for word. */
public final class LetterWords {
    private LetterWords() {}

    /** The part of a text from one phrase up to another. */
    public static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to));
    }

    /** The words of a text: without bullets, numbers of lists and signs of headings, white space folded. */
    public static String words(String text) {
        return text.lines()
                .map(line -> line.replace('\u00a0', ' ').strip().replaceFirst("^([·•*\\-–]|\\d+[.)]|#+)\\s+", ""))
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** What an HTML part says. */
    public static String textOf(String html) {
        return html.replaceAll("(?is)<(style|head|title)[^>]*>.*?</\\1>", "")
                .replaceAll("(?i)</(p|li|h\\d)>|<br\\s*/?>", "\n")
                .replaceAll("<[^>]+>", "")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}

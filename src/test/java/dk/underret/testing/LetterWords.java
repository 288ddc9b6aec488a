package dk.underret.testing;

import java.util.stream.Collectors;

/** Extracts the words of letters, so that tests can compare them. */
public final class LetterWords {
    private LetterWords() {}

    /** Returns the part of a text from one phrase up to another. */
    public static String between(String text, String from, String to) {
        return text.substring(text.indexOf(from), text.indexOf(to));
    }

    /** Returns the words of a text, without bullets, list numbers and heading marks, separated by single spaces. */
    public static String words(String text) {
        return text.lines()
                .map(line -> line.replace('\u00a0', ' ').strip().replaceFirst("^([·•*\\-–]|\\d+[.)]|#+)\\s+", ""))
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Returns the text of an HTML part. */
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

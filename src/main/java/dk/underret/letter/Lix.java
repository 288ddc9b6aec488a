package dk.underret.letter;

import java.util.regex.Pattern;

/**
 * The readability index LIX: words per sentence, plus the percentage of words with more than six letters (C. H. Björnsson,
 * "Läsbarhet", 1968). Under 35 is easy, 35 to 45 is like a newspaper, over 55 is like a law. It informs the author and never
 * blocks a letter.
 */
public final class Lix {
    private static final int LONG = 6;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'’-]*");

    /** A line end counts too: headings and list items have no full stop. */
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?:]+(?=\\s|$)|\\R");

    private Lix() {}

    /** Returns the index, rounded; 0 for a text without words. */
    public static int of(String text) {
        int words = 0;
        int longWords = 0;
        int sentences = 0;
        for (var sentence : SENTENCE_END.split(text, -1)) {
            int before = words;
            for (var word = WORD.matcher(sentence); word.find(); words++)
                if (word.group().codePointCount(0, word.group().length()) > LONG) longWords++;
            if (words > before) sentences++;
        }
        return words == 0 ? 0 : (int) Math.round((double) words / sentences + 100.0 * longWords / words);
    }
}

package dk.underret.letter;

/** Finds line ends. A subject must not have any: they would end the mail header and start another. */
final class LineEnds {
    private LineEnds() {}

    /** Whether the text has CR, LF, vertical tab, form feed, NEL or Unicode's line or paragraph separator. */
    static boolean in(String text) {
        return text.chars()
                .anyMatch(c ->
                        c == '\n' || c == '\r' || c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029);
    }
}

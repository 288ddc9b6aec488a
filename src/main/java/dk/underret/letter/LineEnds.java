package dk.underret.letter;

/** Line ends, which a subject must not have: they would end the header and start another. */
final class LineEnds {
    private LineEnds() {}

    /** Whether there is any: CR, LF, vertical tab, form feed, NEL or Unicode's line and paragraph separators. */
    static boolean in(String text) {
        return text.chars()
                .anyMatch(c ->
                        c == '\n' || c == '\r' || c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029);
    }
}

package dk.underret.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** A rendered part of a letter without the rows' own values: constant texts with a slot between each two. */
final class SlottedText {
    private static final Pattern TOKENS =
            Pattern.compile("(?<=" + RenderTrace.CLOSE + ")|(?=" + RenderTrace.OPEN + ")");

    private final String[] constants;
    private final int[] slots;
    private final int length;

    private SlottedText(List<String> constants, List<Integer> slots) {
        this.constants = constants.toArray(String[]::new);
        this.slots = slots.stream().mapToInt(Integer::intValue).toArray();
        this.length = constants.stream().mapToInt(String::length).sum();
    }

    /**
     * Splits a rendered part at its tokens. Fills in values that are the same for all rows.
     *
     * @param escape writes a value as this part needs it
     */
    static SlottedText of(String rendered, RenderTrace trace, UnaryOperator<String> escape) {
        var slots = trace.slots();
        var constants = new ArrayList<String>();
        var indexes = new ArrayList<Integer>();
        var text = new StringBuilder();
        for (String piece : TOKENS.split(rendered, -1)) {
            if (piece.isEmpty() || piece.charAt(0) != RenderTrace.OPEN) {
                text.append(piece);
                continue;
            }
            int index = Integer.parseInt(piece.substring(1, piece.length() - 1));
            var value = slots.get(index).value();
            if (value.constant()) {
                text.append(escape.apply(trace.constant(value)));
            } else {
                constants.add(text.toString());
                indexes.add(index);
                text.setLength(0);
            }
        }
        constants.add(text.toString());
        return new SlottedText(constants, indexes);
    }

    /**
     * Returns the part with a row's values.
     *
     * @param values by slot, escaped
     */
    String fill(String[] values) {
        if (slots.length == 0) return constants[0];
        int capacity = length;
        for (int slot : slots) capacity += values[slot].length();
        var text = new StringBuilder(capacity);
        for (int i = 0; i < slots.length; i++) text.append(constants[i]).append(values[slots[i]]);
        return text.append(constants[slots.length]).toString();
    }

    /** Whether this part prints the slot. */
    boolean contains(int slot) {
        for (int one : slots) if (one == slot) return true;
        return false;
    }
}

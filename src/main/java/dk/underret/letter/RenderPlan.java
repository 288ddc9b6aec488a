package dk.underret.letter;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * A rendered letter without the row's own values. Serves all rows for which the same conditions have the same results. Immutable.
 *
 * @param slots the printed values, by index
 * @param lines the line of a path, for errors
 */
record RenderPlan(
        String file,
        String locale,
        SlottedText subject,
        SlottedText text,
        SlottedText html,
        List<RenderTrace.Slot> slots,
        ToIntFunction<String> lines) {
    /**
     * Returns this row's letter.
     *
     * @throws MissingValueException if a value is blank, or has a line end in the subject
     */
    Letter fill(RenderRow row) {
        int count = slots.size();
        var asTyped = new String[count];
        var folded = new String[count];
        var escaped = new String[count];
        for (int i = 0; i < count; i++) {
            var slot = slots.get(i);
            if (slot.value().constant()) continue;
            asTyped[i] = slot.value().of(row);
            if (asTyped[i].isBlank()) throw missing(slot);
            if (subject.contains(i) && LineEnds.in(asTyped[i])) throw missing(slot);
            folded[i] = Texts.folded(asTyped[i]);
            escaped[i] = Html.escaped(folded[i]);
        }
        return new Letter(locale, subject.fill(asTyped), text.fill(folded), html.fill(escaped));
    }

    private MissingValueException missing(RenderTrace.Slot slot) {
        return new MissingValueException(file, lines.applyAsInt(slot.path()), slot.path());
    }
}

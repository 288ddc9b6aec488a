package dk.underret.letter;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The letters to all rows that answer alike: everything but their own values. Immutable.
 *
 * @param slots the values that are printed, by index
 */
record RenderPlan(
        String file,
        String locale,
        SlottedText subject,
        SlottedText text,
        SlottedText html,
        List<RenderTrace.Slot> slots,
        ToIntFunction<String> lines) {
    /** The letter to one of them. */
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
            if (subject.prints(i) && LineEnds.in(asTyped[i])) throw missing(slot);
            folded[i] = Texts.folded(asTyped[i]);
            escaped[i] = Html.escaped(folded[i]);
        }
        return new Letter(locale, subject.with(asTyped), text.with(folded), html.with(escaped));
    }

    private MissingValueException missing(RenderTrace.Slot slot) {
        return new MissingValueException(file, lines.applyAsInt(slot.path()), slot.path());
    }
}

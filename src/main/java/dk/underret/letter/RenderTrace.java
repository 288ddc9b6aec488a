package dk.underret.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Records the rendering of a template for one row, so that the result can serve other rows: the conditions on the row that decided
 * its shape, and the values that it prints. Used by one thread, for one rendering.
 */
final class RenderTrace {
    /** Begins and ends a token. Unicode noncharacters; a source that contains any is refused. */
    static final char OPEN = '\uFDD0';

    static final char CLOSE = '\uFDD1';
    private static final Pattern TOKEN = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

    private final RenderRow row;
    private final List<Step> steps = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    RenderTrace(RenderRow row) {
        this.row = row;
    }

    /** Evaluates a condition for the row and records the result. */
    Object evaluate(ShapeCondition condition) {
        var result = condition.of(row);
        steps.add(new Step(condition, result));
        return result;
    }

    /** Evaluates a condition that holds or doesn't. */
    boolean holds(ShapeCondition condition) {
        return (Boolean) evaluate(condition);
    }

    /** Returns the text of a value that is the same for all rows. */
    String constant(Value value) {
        if (!value.constant()) throw new IllegalArgumentException("the value is not the same for all rows");
        return value.of(row);
    }

    /**
     * Returns a token for a printed value.
     *
     * @throws MissingValue if the value is blank for this row
     */
    String token(Value value, String path) {
        if (value.isBlank(row)) throw new MissingValue(path);
        var slot = new Slot(value, path);
        int index = slots.indexOf(slot);
        if (index < 0) {
            index = slots.size();
            slots.add(slot);
        }
        return OPEN + Integer.toString(index) + CLOSE;
    }

    /** Returns a text with tokens as a value. */
    Value valueOf(String text) {
        var parts = new ArrayList<Value>();
        int from = 0;
        for (Matcher token = TOKEN.matcher(text); token.find(); from = token.end()) {
            if (token.start() > from) parts.add(new Value.Constant(text.substring(from, token.start())));
            parts.add(slots.get(Integer.parseInt(token.group(1))).value());
        }
        if (from < text.length()) parts.add(new Value.Constant(text.substring(from)));
        return parts.size() == 1 ? parts.get(0) : new Value.Joined(List.copyOf(parts));
    }

    /** The evaluated conditions, in order. */
    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The printed values, by the index in their tokens. */
    List<Slot> slots() {
        return List.copyOf(slots);
    }

    /** A condition and its result for this row. */
    record Step(ShapeCondition condition, Object result) {}

    /** A printed value and its path in the letter. */
    record Slot(Value value, String path) {}
}

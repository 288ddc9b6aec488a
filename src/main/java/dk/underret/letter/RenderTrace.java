package dk.underret.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rendering of a template for one row, taken down so that it can serve other rows: which questions about the row decided its
 * shape, and which values it prints where. Used by one thread, for one rendering.
 */
final class RenderTrace {
    /** Begins and ends a token. Unicode noncharacters: no text may hold them, a letter's source is refused with them. */
    static final char OPEN = '\uFDD0';

    static final char CLOSE = '\uFDD1';
    private static final Pattern TOKEN = Pattern.compile(OPEN + "(\\d+)" + CLOSE);

    private final RenderRow row;
    private final List<Step> steps = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();

    RenderTrace(RenderRow row) {
        this.row = row;
    }

    /** Asks the row, and notes question and answer. */
    Object ask(ShapeCondition question) {
        var answer = question.of(row);
        steps.add(new Step(question, answer));
        return answer;
    }

    /** Asks the row a question of yes or no. */
    boolean yes(ShapeCondition question) {
        return (Boolean) ask(question);
    }

    /** The text of a value that is the same for all rows. */
    String constant(Value value) {
        if (!value.constant()) throw new IllegalArgumentException("the value is not the same for all rows");
        return value.of(row);
    }

    /**
     * The token for a value that is printed.
     *
     * @throws MissingValue when this row has none
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

    /** A text with tokens as the value that it comes to. */
    Value value(String text) {
        var parts = new ArrayList<Value>();
        int from = 0;
        for (Matcher token = TOKEN.matcher(text); token.find(); from = token.end()) {
            if (token.start() > from) parts.add(new Value.Constant(text.substring(from, token.start())));
            parts.add(slots.get(Integer.parseInt(token.group(1))).value());
        }
        if (from < text.length()) parts.add(new Value.Constant(text.substring(from)));
        return parts.size() == 1 ? parts.get(0) : new Value.Joined(List.copyOf(parts));
    }

    /** What decided the shape, in order. */
    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** What is printed, by token. */
    List<Slot> slots() {
        return List.copyOf(slots);
    }

    /** A question and this row's answer. */
    record Step(ShapeCondition question, Object answer) {}

    /** A value that is printed, and where it comes from. */
    record Slot(Value value, String path) {}
}

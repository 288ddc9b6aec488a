package dk.underret.letter;

import java.util.List;
import java.util.function.UnaryOperator;

/** Something that a letter prints or asks about: the same for all, or different from row to row. Never anything else of the row. */
sealed interface Value {
    /** Its text for this row, as it stands there. */
    String of(RenderRow row);

    /** Whether every row has the same. */
    default boolean constant() {
        return false;
    }

    /** Whether a print of it would be a blank. */
    default boolean isBlank(RenderRow row) {
        return of(row).isBlank();
    }

    /** A fact or a literal. */
    record Constant(String text) implements Value {
        @Override
        public String of(RenderRow row) {
            return text;
        }

        @Override
        public boolean constant() {
            return true;
        }
    }

    /** A column of the row. */
    record Column(String name) implements Value {
        @Override
        public String of(RenderRow row) {
            return row.recipient().value(name);
        }
    }

    /** One of the words for what this person lost, from 0. */
    record Affected(int index) implements Value {
        @Override
        public String of(RenderRow row) {
            return row.affected().get(index);
        }
    }

    /** All that this person lost; blank when there is nothing. */
    record AllAffected() implements Value {
        @Override
        public String of(RenderRow row) {
            return String.join(", ", row.affected());
        }

        @Override
        public boolean isBlank(RenderRow row) {
            var words = row.affected();
            return words.isEmpty() || (words.size() == 1 && words.getFirst().isBlank());
        }
    }

    /** A value in the form that a helper gives it. */
    record Formatted(Value value, UnaryOperator<String> form) implements Value {
        @Override
        public String of(RenderRow row) {
            return form.apply(value.of(row));
        }

        @Override
        public boolean constant() {
            return value.constant();
        }
    }

    /** Several values as a list of words. */
    record Listed(List<Value> values, Formats formats) implements Value {
        @Override
        public String of(RenderRow row) {
            return formats.list(values.stream().map(value -> value.of(row)).toList());
        }

        @Override
        public boolean constant() {
            return values.stream().allMatch(Value::constant);
        }
    }

    /** The parts of a text, one after the other: an address of a link, the words of a link. */
    record Joined(List<Value> parts) implements Value {
        @Override
        public String of(RenderRow row) {
            var text = new StringBuilder();
            parts.forEach(part -> text.append(part.of(row)));
            return text.toString();
        }

        @Override
        public boolean constant() {
            return parts.stream().allMatch(Value::constant);
        }
    }
}

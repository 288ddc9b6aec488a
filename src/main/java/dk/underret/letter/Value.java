package dk.underret.letter;

import java.util.List;
import java.util.function.UnaryOperator;

/** A value that a letter prints or tests: the same for all rows, or taken from the row. It contains no data of any row. */
sealed interface Value {
    /** The text for this row, unchanged. */
    String of(RenderRow row);

    /** Whether all rows have the same text. */
    default boolean constant() {
        return false;
    }

    /** Whether nothing would be printed for this row. */
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

    /** An item of the person's affected data, by index from 0. */
    record Affected(int index) implements Value {
        @Override
        public String of(RenderRow row) {
            return row.affected().get(index);
        }
    }

    /** All items of the person's affected data; blank if there are none. */
    record AllAffected() implements Value {
        @Override
        public String of(RenderRow row) {
            return String.join(", ", row.affected());
        }
    }

    /** A row's value formatted by a helper, which formats a constant at once. */
    record Formatted(Value value, UnaryOperator<String> format) implements Value {
        @Override
        public String of(RenderRow row) {
            return format.apply(value.of(row));
        }
    }

    /** Several values as one enumeration. */
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

    /** A concatenation: the address or the text of a link. */
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

package dk.underret.letter;

import java.util.List;

/**
 * What the shape of a letter was found to depend on while it was rendered for one row. Rows with the same answers to the same
 * questions get the same letter but for the values printed in it. A question holds nothing of any row.
 */
sealed interface ShapeCondition {
    /** This row's answer; compared by {@code equals}. */
    Object of(RenderRow row);

    /** Whether a guard on it holds. */
    record Filled(Value value) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Truthiness.of(value.of(row));
        }
    }

    /** Whether two values are the same. */
    record Same(Value one, Value other) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Texts.same(one.of(row), other.of(row));
        }
    }

    /** Whether a link may go there. */
    record Followed(Value address) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Links.allowed(address.of(row));
        }
    }

    /** Whether a link's words say its address already. */
    record SaysAddress(Value words, Value address) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Links.says(words.of(row), address.of(row));
        }
    }

    /** How many words of its own the row has for what was lost, or which of the facts' apply. */
    record Affected() implements ShapeCondition {
        @Override
        public Object of(RenderRow row) {
            var words = row.affected();
            return row.recipient().value("affected_data").isBlank() ? words : (Object) words.size();
        }
    }

    /** Which of the facts' sections are for this row. */
    record Sections(List<Object> sections) implements ShapeCondition {
        @Override
        public List<Boolean> of(RenderRow row) {
            return sections.stream()
                    .map(section -> Conditions.sectionFor(section, row.recipient()))
                    .toList();
        }
    }
}

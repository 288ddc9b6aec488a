package dk.underret.letter;

import java.util.List;

/**
 * A condition on the row that decides the shape of its letter. Rows with the same results for the same conditions get the same
 * letter except for the values printed in it. A condition contains no data of any row.
 */
sealed interface ShapeCondition {
    /** The result for this row; results are compared by {@code equals}. */
    Object of(RenderRow row);

    /** Whether a test of this value holds. */
    record Truthy(Value value) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Truthiness.of(value.of(row));
        }
    }

    /** Whether two values are the same. */
    record Equal(Value one, Value other) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Texts.same(one.of(row), other.of(row));
        }
    }

    /** Whether a link may have this address. */
    record LinkAllowed(Value address) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Links.allowed(address.of(row));
        }
    }

    /** Whether a link's text is its address. */
    record TextIsAddress(Value text, Value address) implements ShapeCondition {
        @Override
        public Boolean of(RenderRow row) {
            return Links.isAddress(text.of(row), address.of(row));
        }
    }

    /** The number of affected items if the row has its own; else the facts' items that apply to the row. */
    record AffectedItems() implements ShapeCondition {
        @Override
        public Object of(RenderRow row) {
            var items = row.affected();
            return row.recipient().value(Conditions.AFFECTED_DATA).isBlank() ? items : (Object) items.size();
        }
    }

    /** For each of the facts' sections, whether this row gets it. */
    record VisibleSections(List<Object> sections) implements ShapeCondition {
        @Override
        public List<Boolean> of(RenderRow row) {
            return sections.stream()
                    .map(section -> Conditions.sectionFor(section, row.recipient()))
                    .toList();
        }
    }
}

package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row during the rendering of its letter. Used by one thread. */
final class RenderRow {
    private final Recipient recipient;
    private final Conditions conditions;
    private @Nullable List<String> affected;

    RenderRow(Recipient recipient, Conditions conditions) {
        this.recipient = recipient;
        this.conditions = conditions;
    }

    Recipient recipient() {
        return recipient;
    }

    /** The person's affected data, computed on first use. */
    List<String> affected() {
        var known = affected;
        if (known == null) affected = known = conditions.affected(recipient);
        return known;
    }
}

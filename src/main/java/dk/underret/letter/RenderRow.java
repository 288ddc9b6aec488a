package dk.underret.letter;

import dk.underret.recipient.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row while its letter is made. Used by one thread. */
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

    /** What this person lost, worked out when it is first asked for. */
    List<String> affected() {
        var known = affected;
        if (known == null) affected = known = conditions.affected(recipient);
        return known;
    }
}

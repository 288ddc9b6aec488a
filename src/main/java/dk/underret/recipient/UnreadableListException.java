package dk.underret.recipient;

import dk.underret.incident.FindingCode;
import java.util.List;

/** Thrown if the rest of the list can't be read. {@link RecipientList} knows the row and reports a finding. */
final class UnreadableListException extends Exception {
    private final FindingCode code;
    private final transient List<Object> arguments;

    UnreadableListException(FindingCode code, Object... arguments) {
        super(code.name());
        this.code = code;
        this.arguments = List.of(arguments);
    }

    FindingCode code() {
        return code;
    }

    Object[] arguments() {
        return arguments.toArray();
    }
}

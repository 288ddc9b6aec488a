package dk.underret.recipient;

import dk.underret.incident.FindingCode;
import java.util.List;

/** The list can't be read on from here; the reader knows the row and makes a finding of it. */
final class Unreadable extends Exception {
    private final FindingCode code;
    private final transient List<Object> arguments;

    Unreadable(FindingCode code, Object... arguments) {
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

package dk.underret.testing;

import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The state machine as {@code ledger/transitions.csv} writes it down: a line for each status, a column for each trigger. */
public final class TransitionTable {
    private TransitionTable() {}

    /** Every cell: 15 lines by 18 triggers. */
    public static List<Cell> cells() {
        var lines = lines();
        var triggers = lines.getFirst().split(",", -1);
        var cells = new ArrayList<Cell>();
        for (var line : lines.subList(1, lines.size())) {
            var fields = line.split(",", -1);
            for (int i = 1; i < triggers.length; i++)
                cells.add(new Cell(status(fields[0]), Trigger.valueOf(triggers[i]), status(fields[i])));
        }
        return cells;
    }

    private static Optional<SendStatus> status(String field) {
        return field.equals("-") || field.equals("(absent)")
                ? Optional.empty()
                : Optional.of(SendStatus.valueOf(field));
    }

    private static List<String> lines() {
        try (var in = TransitionTable.class.getResourceAsStream("/ledger/transitions.csv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One transition, or its refusal.
     *
     * @param from empty where there is no record
     * @param to empty where the trigger is refused
     */
    public record Cell(Optional<SendStatus> from, Trigger trigger, Optional<SendStatus> to) {}
}

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

/** Reads the state machine from {@code ledger/transitions.csv}, which has a line for each status and a column for each trigger. */
public final class TransitionTable {
    private TransitionTable() {}

    /** Returns all cells of the table: 15 lines by 18 triggers. */
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
     * A transition, or a refused trigger.
     *
     * @param from the status before; empty if there is no record
     * @param to the status after; empty if the trigger is refused
     */
    public record Cell(Optional<SendStatus> from, Trigger trigger, Optional<SendStatus> to) {}
}

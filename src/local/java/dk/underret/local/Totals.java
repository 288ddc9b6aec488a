package dk.underret.local;

import dk.underret.ledger.RowOutcome;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The current number of rows per outcome. A row with a send record of this run counts under the record's status, which feedback may
 * have changed since the run was settled. Duplicates and skipped rows have no record; their number is that of the run's tally.
 *
 * @param rows rows of the list, without blank ones
 * @param outcomes rows per outcome in the order of {@link RowOutcome}, without zeros; the keys are labels in lower case
 */
record Totals(long rows, Map<String, Long> outcomes) {
    /** The totals of no rows. */
    static final Totals NONE = new Totals(0, Map.of());

    private static final List<RowOutcome> WITHOUT_RECORD = List.of(RowOutcome.DUPLICATE, RowOutcome.SKIPPED);

    /**
     * Counts the rows of a run.
     *
     * @param run item of the run
     * @param sends send records of all runs
     */
    static Totals of(Map<String, Object> run, List<Map<String, Object>> sends) {
        var counted = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        for (var send : sends)
            if (run.get("run_id").equals(send.get("run")))
                counted.merge(RowOutcome.valueOf((String) send.get("status")), 1L, Long::sum);
        for (var outcome : WITHOUT_RECORD)
            if (number(run, outcome.label()) > 0) counted.put(outcome, number(run, outcome.label()));
        var rows = number(run, "rows");
        var rest = rows - counted.values().stream().mapToLong(Long::longValue).sum();
        if (rest > 0) counted.put(RowOutcome.PENDING, rest);
        var outcomes = new LinkedHashMap<String, Long>();
        counted.forEach((outcome, count) -> outcomes.put(outcome.label(), count));
        return new Totals(rows, outcomes);
    }

    /** Returns whether the outcomes add up to the rows. */
    boolean addUp() {
        return rows == outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns for example {@code 10 rows = 9 accepted + 1 invalid}. */
    String line() {
        var sum = outcomes.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(" + "));
        return rows + (rows == 1 ? " row" : " rows") + " = " + (sum.isEmpty() ? "0" : sum);
    }

    /** Returns the totals in the format of {@code result.json}. */
    Map<String, Object> map() {
        var map = new LinkedHashMap<String, Object>();
        map.put("rows", rows);
        map.putAll(outcomes);
        return map;
    }

    private static long number(Map<String, Object> item, String name) {
        return item.get(name) instanceof BigDecimal n ? n.longValue() : 0;
    }
}

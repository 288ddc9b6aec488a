package dk.underret.local;

import dk.underret.ledger.RowOutcome;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run's rows by outcome, as they stand now: those with a send record of this run by that record's status, which feedback may have
 * moved since the run was settled; the others (duplicates, skipped rows) as the run's tally has them.
 *
 * @param rows people's rows on the list
 * @param outcomes by term in lower case, in the terms' own order, none of them 0
 */
record Totals(long rows, Map<String, Long> outcomes) {
    /** Of nothing. */
    static final Totals NONE = new Totals(0, Map.of());

    private static final List<RowOutcome> WITHOUT_RECORD = List.of(RowOutcome.DUPLICATE, RowOutcome.SKIPPED);

    /**
     * Counts.
     *
     * @param run the run's item
     * @param sends every send record
     */
    static Totals of(Map<String, Object> run, List<Map<String, Object>> sends) {
        var counted = new EnumMap<RowOutcome, Long>(RowOutcome.class);
        for (var send : sends)
            if (run.get("run_id").equals(send.get("run")))
                counted.merge(RowOutcome.valueOf((String) send.get("status")), 1L, Long::sum);
        for (var term : WITHOUT_RECORD) if (number(run, term.label()) > 0) counted.put(term, number(run, term.label()));
        var rows = number(run, "rows");
        var rest = rows - counted.values().stream().mapToLong(Long::longValue).sum();
        if (rest > 0) counted.put(RowOutcome.PENDING, rest);
        var outcomes = new LinkedHashMap<String, Long>();
        counted.forEach((term, count) -> outcomes.put(term.label(), count));
        return new Totals(rows, outcomes);
    }

    /** Whether the rows are the sum of the outcomes. */
    boolean hold() {
        return rows == outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For example {@code 10 rows = 9 accepted + 1 invalid}. */
    String line() {
        var sum = outcomes.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(" + "));
        return rows + (rows == 1 ? " row" : " rows") + " = " + (sum.isEmpty() ? "0" : sum);
    }

    /** As {@code result.json} has it. */
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

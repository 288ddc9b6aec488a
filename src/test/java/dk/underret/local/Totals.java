package dk.underret.local;

import dk.underret.ledger.Term;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run's rows by outcome, as they stand now: those with a send record of this run by that record's status, which feedback may have
 * moved since the run was settled; the others (duplicates, skipped rows) as the run's tally has them.
 *
 * @param rows people's rows on the list
 * @param outcomes by term in lower case, none of them 0
 */
record Totals(long rows, Map<String, Long> outcomes) {
    /** Of nothing. */
    static final Totals NONE = new Totals(0, Map.of());

    private static final List<Term> WITHOUT_RECORD = List.of(Term.DUPLICATE, Term.SKIPPED);

    /**
     * Counts.
     *
     * @param run the run's item
     * @param sends every send record
     */
    static Totals of(Map<String, Object> run, List<Map<String, Object>> sends) {
        var outcomes = new LinkedHashMap<String, Long>();
        for (var send : sends)
            if (run.get("run_id").equals(send.get("run")))
                outcomes.merge(Term.valueOf((String) send.get("status")).label(), 1L, Long::sum);
        for (var term : WITHOUT_RECORD)
            if (number(run, term.label()) > 0) outcomes.put(term.label(), number(run, term.label()));
        var rows = number(run, "rows");
        var rest = rows - outcomes.values().stream().mapToLong(Long::longValue).sum();
        if (rest > 0) outcomes.put(Term.PENDING.label(), rest);
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

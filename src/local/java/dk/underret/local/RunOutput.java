package dk.underret.local;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes the result files of a run. Other tools read them, so their names and formats don't change. */
final class RunOutput {
    private static final List<String> LEADING_COLUMNS = List.of("notice", "recipient", "status");

    private final LocalAws aws;

    RunOutput(LocalAws aws) {
        this.aws = aws;
    }

    /** Returns all send records as plain values. */
    List<Map<String, Object>> sends() {
        return LocalTables.items(aws.dynamodb(), LocalTables.SENDS).stream()
                .map(AttributeJson::map)
                .toList();
    }

    /** Returns the findings of a run, read from {@code problems.csv} in the evidence bucket; empty if there is no such file. */
    List<ResultFinding> findings(String run, ResultFinding.Files names) {
        return aws.objects().list(ResourceNames.EVIDENCE, "incidents/").stream()
                .filter(v -> v.key().endsWith("/" + run + "/problems.csv"))
                .flatMap(v ->
                        ResultFinding.read(new String(v.body(), java.nio.charset.StandardCharsets.UTF_8), names)
                                .stream())
                .toList();
    }

    /** Writes every result file except {@code result.json}. */
    void write(List<Map<String, Object>> sends, List<ResultFinding> findings) throws IOException {
        var folder = aws.folder();
        Folders.replace(folder.resolve("sends.csv"), table(sends));
        Folders.replace(
                folder.resolve("runs.json"),
                Json.pretty(LocalTables.items(aws.dynamodb(), LocalTables.RUNS).stream()
                        .map(AttributeJson::map)
                        .toList()));
        Folders.replace(folder.resolve("problems.csv"), problems(findings));
        Folders.export(aws.objects(), ResourceNames.EVIDENCE, folder.resolve("evidence"));
        Folders.export(aws.objects(), ResourceNames.WORK, folder.resolve("work"));
    }

    /** Writes {@code result.json}. Call this last, and for every outcome: its presence means that the run has ended. */
    static void result(Path folder, String status, Totals totals, List<ResultFinding> findings, Optional<String> stuck)
            throws IOException {
        var result = new LinkedHashMap<String, Object>();
        result.put("status", status);
        result.put("totals", totals.map());
        result.put("findings", findings.stream().map(ResultFinding::map).toList());
        stuck.ifPresent(reason -> result.put("stuck", reason));
        Folders.replace(folder.resolve("result.json"), Json.pretty(result));
    }

    private static String problems(List<ResultFinding> findings) throws IOException {
        var text = new StringWriter();
        try (var csv = new CSVPrinter(text, CSVFormat.DEFAULT)) {
            csv.printRecord("code", "row", "column", "message");
            for (var f : findings) csv.printRecord(f.code(), f.row(), f.column(), f.message());
        }
        return text.toString();
    }

    /** Writes the send records as CSV: the key and the status first, then the other attributes sorted by name. */
    private static String table(List<Map<String, Object>> sends) throws IOException {
        var others = new TreeSet<String>();
        sends.forEach(send -> others.addAll(send.keySet()));
        LEADING_COLUMNS.forEach(others::remove);
        var columns = Stream.concat(LEADING_COLUMNS.stream(), others.stream()).toList();
        var text = new StringWriter();
        try (var csv = new CSVPrinter(text, CSVFormat.DEFAULT)) {
            csv.printRecord(columns);
            for (var send : sends)
                csv.printRecord(
                        columns.stream().map(column -> cell(send.get(column))).toList());
        }
        return text.toString();
    }

    private static String cell(Object value) {
        return switch (value) {
            case null -> "";
            case String s -> s;
            case Map<?, ?> map -> Json.write(map);
            case List<?> list -> Json.write(list);
            default -> value.toString();
        };
    }
}

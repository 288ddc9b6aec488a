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

/** The files that a run leaves: a contract for tools and tests. */
final class RunOutput {
    private static final List<String> FIRST = List.of("notice", "recipient", "status");

    private final LocalAws aws;

    RunOutput(LocalAws aws) {
        this.aws = aws;
    }

    /** All send records, as plain values. */
    List<Map<String, Object>> sends() {
        return LocalTables.items(aws.dynamodb(), LocalTables.SENDS).stream()
                .map(AttributeJson::map)
                .toList();
    }

    /** The findings of a run: its {@code problems.csv} in the evidence bucket; none where there is none. */
    List<ResultFinding> findings(String run, ResultFinding.Files names) {
        return aws.objects().list(ResourceNames.EVIDENCE, "incidents/").stream()
                .filter(v -> v.key().endsWith("/" + run + "/problems.csv"))
                .flatMap(v ->
                        ResultFinding.read(new String(v.body(), java.nio.charset.StandardCharsets.UTF_8), names)
                                .stream())
                .toList();
    }

    /** Writes everything but {@code result.json}, which comes last. */
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

    /** The last of the files, and the one that is always written. */
    static void result(Path folder, String status, Totals totals, List<ResultFinding> findings, Optional<String> stuck)
            throws IOException {
        var result = new LinkedHashMap<String, Object>();
        result.put("status", status);
        result.put("totals", totals.map());
        result.put("findings", findings.stream().map(ResultFinding::map).toList());
        stuck.ifPresent(what -> result.put("stuck", what));
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

    /** Every attribute under its own name: the key and the status first, the rest sorted. */
    private static String table(List<Map<String, Object>> sends) throws IOException {
        var others = new TreeSet<String>();
        sends.forEach(send -> others.addAll(send.keySet()));
        FIRST.forEach(others::remove);
        var columns = Stream.concat(FIRST.stream(), others.stream()).toList();
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

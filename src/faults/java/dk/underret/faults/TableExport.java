package dk.underret.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes a table as CSV, from a consistent scan. Each attribute is a column; no value is interpreted. */
final class TableExport {
    private TableExport() {}

    static void write(DynamoDbClient client, String table, Path file) throws IOException {
        var items = new ArrayList<Map<String, AttributeValue>>();
        client.scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                .items()
                .forEach(items::add);
        var columns = new TreeSet<String>();
        items.forEach(item -> columns.addAll(item.keySet()));
        try (var csv = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.DEFAULT)) {
            csv.printRecord(columns);
            for (var item : items)
                csv.printRecord(
                        columns.stream().map(column -> text(item.get(column))).toList());
        }
    }

    private static String text(AttributeValue value) {
        if (value == null) return "";
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case L -> List.copyOf(value.l()).toString();
            default -> value.toString();
        };
    }
}

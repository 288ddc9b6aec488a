package dk.underret.recipient;

import static dk.underret.incident.FindingCode.EMPTY_LIST;
import static dk.underret.incident.FindingCode.NO_ROWS;
import static dk.underret.incident.FindingCode.NO_SEPARATOR;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recipient list, read and checked as a stream.
 *
 * <pre>{@code
 * var list = RecipientList.open(upload.body(), "people.csv", rules);
 * for (var row = list.next(); row.isPresent(); row = list.next()) plan(row.get());
 * if (list.findings().refuse()) refuse(list.findings());
 * }</pre>
 *
 * <p>Reports problems as findings, never as exceptions, and returns rows as long as it can separate them. Only after the last
 * row is it known whether the list as a whole is refused, so nothing may be sent before that. Not thread-safe.
 */
public final class RecipientList {
    private static final int BLOCK = 1 << 16;

    private final String file;
    private final ListRules rules;
    private final Findings findings = new Findings();
    private final ListBytes bytes;
    private @Nullable CsvRecordReader records;
    private @Nullable Header header;
    private @Nullable RowCheck check;
    private boolean ended;
    private long rows;

    private RecipientList(ListBytes bytes, String file, ListRules rules) {
        this.bytes = bytes;
        this.file = file;
        this.rules = rules;
    }

    /**
     * Opens a list and reads its header.
     *
     * @param bytes the upload; the caller closes it
     * @param file the file's name, for findings
     * @throws IOException if the bytes can't be read; never because of their content
     */
    public static RecipientList open(InputStream bytes, String file, ListRules rules) throws IOException {
        var list = new RecipientList(ListBytes.open(bytes, rules), file, rules);
        try {
            list.readHeader();
        } catch (UnreadableListException e) {
            list.refuse(e);
        }
        return list;
    }

    private void readHeader() throws IOException, UnreadableListException {
        var block = new byte[BLOCK];
        var length = Math.max(bytes.read(block), 0);
        var separator = Header.separator(block, length);
        records = new CsvRecordReader(bytes, separator == null ? ',' : separator, block, length);
        do {
            if (!records.next()) throw new UnreadableListException(EMPTY_LIST);
        } while (records.isBlank() || (separator == null && Header.isBlank(records.text(0))));
        if (separator == null) throw new UnreadableListException(NO_SEPARATOR);
        header = Header.of(records, separator, file, rules, findings);
        check = new RowCheck(file, header, rules, findings);
    }

    /** Returns the canonical names of the list's columns, in order, without columns that have no name. */
    public List<String> columns() {
        return header == null ? List.of() : header.names();
    }

    /** Returns the columns of the identity scheme, in its order. */
    public List<String> identity() {
        return check == null ? List.of() : check.identity();
    }

    /**
     * Returns the HMAC of a person's identity under this list's scheme, 64 hex digits. For a person whom the list has under
     * another address.
     */
    public String recipient(Recipient person) {
        if (check == null) throw new IllegalStateException("the list has no readable header");
        return check.recipient(person);
    }

    /**
     * Returns the ledger's key for a row that can't be sent, 64 hex digits: the HMAC of the list's version and the row number.
     */
    public String invalid(String version, long row) {
        if (check == null) throw new IllegalStateException("the list has no readable header");
        return check.invalid(version, row);
    }

    /**
     * Returns the next row that isn't blank.
     *
     * @return empty after the last row, and if the rest of a refused list can't be read
     */
    public Optional<Row> next() throws IOException {
        if (ended || records == null || check == null) return Optional.empty();
        try {
            while (records.next()) {
                if (records.isBlank()) continue;
                if (rows == rules.maxRows()) throw bytes.tooLarge();
                rows++;
                return Optional.of(check.check(records));
            }
            check.end();
            if (rows == 0) findings.add(Finding.of(NO_ROWS, file));
            ended = true;
        } catch (UnreadableListException e) {
            check.end();
            refuse(e);
        }
        return Optional.empty();
    }

    /** Ends the list at the current row. */
    private void refuse(UnreadableListException e) {
        ended = true;
        var row = switch (e.code()) {
            case BAD_ENCODING, NOT_TEXT, UNCLOSED_QUOTE, NO_SEPARATOR -> records == null ? 1 : records.row();
            default -> 0;
        };
        findings.add(Finding.at(e.code(), file, row, "", e.arguments()));
    }

    /** Returns the findings so far; they are complete once {@link #next} has returned empty. */
    public Findings findings() {
        return findings;
    }

    /** Returns the number of rows read so far, without the header and blank rows. */
    public long rows() {
        return rows;
    }

    /**
     * Returns the SHA-256 of the upload's bytes in lower-case hex. Reads the rest of the upload, so call it after the last row.
     *
     * @return empty if the list has more bytes than allowed
     */
    public Optional<String> sha256() throws IOException {
        return bytes.sha256();
    }
}

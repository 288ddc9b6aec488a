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
 * <p>What is wrong is collected, never thrown: rows come on as long as they can be told apart, and only after the last of them
 * is it known whether the list as a whole is refused. Nothing may be sent before that. Not safe for several threads.
 */
public final class RecipientList {
    private static final int BLOCK = 1 << 16;

    private final String file;
    private final ListRules rules;
    private final Findings findings = new Findings();
    private final ListBytes bytes;
    private @Nullable Records records;
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
     * Reads up to the header.
     *
     * @param bytes the upload; the caller closes it
     * @param file the file's name, for findings
     * @throws IOException when the bytes can't be read; never for what they hold
     */
    public static RecipientList open(InputStream bytes, String file, ListRules rules) throws IOException {
        var list = new RecipientList(ListBytes.open(bytes, rules), file, rules);
        try {
            list.readHeader();
        } catch (Unreadable e) {
            list.refuse(e);
        }
        return list;
    }

    private void readHeader() throws IOException, Unreadable {
        var block = new byte[BLOCK];
        var length = Math.max(bytes.read(block), 0);
        var separator = Header.separator(block, length);
        records = new Records(bytes, separator == null ? ',' : separator, block, length);
        do {
            if (!records.next()) throw new Unreadable(EMPTY_LIST);
        } while (records.isBlank() || (separator == null && Header.isBlank(records.text(0))));
        if (separator == null) throw new Unreadable(NO_SEPARATOR);
        header = Header.of(records, separator, file, rules, findings);
        check = new RowCheck(file, header, rules, findings);
    }

    /** The list's columns by canonical name, in their order, those without a name left out. */
    public List<String> columns() {
        return header == null ? List.of() : header.names();
    }

    /** What makes a recipient the same person: the columns of the identity scheme, in its order. */
    public List<String> identity() {
        return check == null ? List.of() : check.identity();
    }

    /** HMAC of a person's identity as this list makes it, 64 hex digits; for a person who stands in it under another address. */
    public String recipient(Recipient person) {
        if (check == null) throw new IllegalStateException("no list");
        return check.recipient(person);
    }

    /** What a row that can't be sent is recorded under, 64 hex digits: HMAC of its list's version and its number there. */
    public String invalid(String version, long row) {
        if (check == null) throw new IllegalStateException("no list");
        return check.invalid(version, row);
    }

    /** The next row that isn't blank; empty after the last one, and where nothing more can be read of a refused list. */
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
        } catch (Unreadable e) {
            check.end();
            refuse(e);
        }
        return Optional.empty();
    }

    /** Ends the list at the row that is being read. */
    private void refuse(Unreadable e) {
        ended = true;
        var row = switch (e.code()) {
            case BAD_ENCODING, NOT_TEXT, UNCLOSED_QUOTE, NO_SEPARATOR -> records == null ? 1 : records.row();
            default -> 0;
        };
        findings.add(Finding.at(e.code(), file, row, "", e.arguments()));
    }

    /** What was found so far; complete once {@link #next} was empty. */
    public Findings findings() {
        return findings;
    }

    /** Rows with people so far: all but header and blank ones. */
    public long rows() {
        return rows;
    }

    /**
     * SHA-256 of the upload's bytes, lower-case hex. Reads what was not read yet: to be asked after the last row.
     *
     * @return empty when the list has more bytes than allowed
     */
    public Optional<String> sha256() throws IOException {
        return bytes.sha256();
    }
}

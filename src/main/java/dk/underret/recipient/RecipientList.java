package dk.underret.recipient;

import dk.underret.incident.Findings;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

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
 * is it known whether the list as a whole is refused. Nothing may be sent before that.
 */
public final class RecipientList {
    private RecipientList() {}

    /**
     * Reads up to the header.
     *
     * @param bytes the upload; the caller closes it
     * @param file the file's name, for findings
     * @throws IOException when the bytes can't be read; never for what they hold
     */
    public static RecipientList open(InputStream bytes, String file, ListRules rules) throws IOException {
        bytes.readAllBytes();
        if (file.isEmpty()) throw new IOException(rules.version());
        return new RecipientList();
    }

    /** The list's columns by canonical name, in their order, those without a name left out. */
    public List<String> columns() {
        return List.of();
    }

    /** What makes a recipient the same person: the columns of the identity scheme, in its order. */
    public List<String> identity() {
        return List.of();
    }

    /** The next row that isn't blank; empty after the last one, and where nothing more can be read of a refused list. */
    public Optional<Row> next() throws IOException {
        return Optional.empty();
    }

    /** What was found so far; complete once {@link #next} was empty. */
    public Findings findings() {
        return new Findings();
    }

    /** Rows with people so far: all but header and blank ones. */
    public long rows() {
        return 0;
    }

    /** SHA-256 of the upload's bytes, lower-case hex; empty before the end, and when the list is {@code TOO_LARGE}. */
    public Optional<String> sha256() {
        return Optional.empty();
    }
}

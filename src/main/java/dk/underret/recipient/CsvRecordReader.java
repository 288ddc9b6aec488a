package dk.underret.recipient;

import static dk.underret.incident.FindingCode.UNCLOSED_QUOTE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the records of a CSV file one at a time, into reused buffers: RFC 4180 with any separator and any mixture of line ends.
 *
 * <p>A quote counts only at the start of a field, as in spreadsheets. A quoted field must end at a separator or a line end. A
 * field longer than {@link #MAX_FIELD_LENGTH} is truncated and flagged, so that a forgotten quote can't exhaust the memory.
 */
final class CsvRecordReader {
    /** The longest field that is kept whole, in bytes. */
    static final int MAX_FIELD_LENGTH = 4096;

    /** Flags of a field, by its content. */
    static final int NOT_ASCII = 1;

    static final int CONTROL = 2;
    static final int DIGIT = 4;
    static final int AT = 8;
    static final int NEWLINE = 16;
    static final int TOO_LONG = 32;

    /** The part of one record that is kept, in bytes, so that no record can exhaust the memory. */
    private static final int MAX_RECORD_LENGTH = 1 << 20;
    /** The fields of one record that are kept. */
    private static final int MAX_FIELDS = 1 << 14;

    /** In the tables: a byte that ends a run of plain bytes. */
    private static final byte STOP = -128;

    private final ListBytes bytes;
    private final byte[] plain;
    private final byte[] quoted;
    private final byte separator;
    private final byte[] block;
    private int at;
    private int end;
    private boolean skipLineFeed;

    private byte[] text = new byte[1024];
    private int[] ends = new int[64];
    private byte[] fieldFlags = new byte[64];
    private int length;
    private int fields;
    private long row;

    /**
     * @param block the file's first bytes, already read
     * @param end the number of these bytes
     */
    CsvRecordReader(ListBytes bytes, char separator, byte[] block, int end) {
        this.bytes = bytes;
        this.separator = (byte) separator;
        this.block = block;
        this.end = end;
        plain = table();
        plain[separator] = plain['\r'] = plain['\n'] = STOP;
        quoted = table();
        quoted['"'] = STOP;
        quoted['\r'] = quoted['\n'] = NEWLINE;
    }

    private static byte[] table() {
        var table = new byte[256];
        Arrays.fill(table, 0, ' ', (byte) CONTROL);
        table['\t'] = 0;
        table[0x7f] = CONTROL;
        Arrays.fill(table, '0', '9' + 1, (byte) DIGIT);
        table['@'] = AT;
        Arrays.fill(table, 0x80, 256, (byte) NOT_ASCII);
        return table;
    }

    /**
     * Reads the next record, even a blank one.
     *
     * @return false at the end of the file
     */
    boolean next() throws IOException, UnreadableListException {
        fields = 0;
        length = 0;
        row++;
        if (skipLineFeed && more() && block[at] == '\n') at++;
        skipLineFeed = false;
        if (!more()) return false;
        while (readField()) {}
        return true;
    }

    /**
     * Returns the current record's row number as Excel shows it, from 1. After {@link #next} throws, it is the record that
     * failed.
     */
    long row() {
        return row;
    }

    /** Returns the number of fields in the current record. */
    int fields() {
        return fields;
    }

    /** Returns the field's flags; {@code field} counts from 0. */
    int flags(int field) {
        return fieldFlags[field];
    }

    /** Returns whether the field has only ASCII white space; {@code field} counts from 0. */
    boolean isBlank(int field) {
        for (var i = start(field); i < ends[field]; i++)
            if (text[i] != ' ' && (text[i] < '\t' || text[i] > '\r')) return false;
        return true;
    }

    /** Returns whether all fields are blank, as in lines that spreadsheets leave behind. */
    boolean isBlank() {
        for (var i = 0; i < fields; i++) if (!isBlank(i)) return false;
        return true;
    }

    /** Returns the field's text as written; {@code field} counts from 0. */
    String text(int field) {
        var start = start(field);
        var charset = (fieldFlags[field] & NOT_ASCII) == 0 ? StandardCharsets.ISO_8859_1 : bytes.charset();
        return new String(text, start, ends[field] - start, charset);
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    private boolean more() throws IOException, UnreadableListException {
        while (at >= end) {
            at = 0;
            end = bytes.read(block);
            if (end < 0) {
                end = 0;
                return false;
            }
        }
        return true;
    }

    /** Reads a field and the byte that ends it. Returns false after the record's last field. */
    private boolean readField() throws IOException, UnreadableListException {
        var start = length;
        var flags = more() && block[at] == '"' ? readQuotedField(start) : copyRun(plain, start, 0);
        endField(flags);
        if (!more()) return false;
        var stop = block[at++];
        if (stop == separator) return true;
        skipLineFeed = stop == '\r';
        return false;
    }

    /** Copies bytes up to the table's next stop or the end of the file. Returns their flags and {@code before}. */
    private int copyRun(byte[] table, int start, int before) throws IOException, UnreadableListException {
        var flags = before;
        while (more()) {
            var from = at;
            var to = from;
            byte flag = 0;
            while (to < end && (flag = table[block[to] & 0xff]) != STOP) {
                flags |= flag;
                to++;
            }
            at = to;
            if (!copy(from, to, start)) flags |= TOO_LONG;
            if (to < end) break;
        }
        return flags;
    }

    private int readQuotedField(int start) throws IOException, UnreadableListException {
        var flags = 0;
        at++;
        while (true) {
            flags = copyRun(quoted, start, flags);
            if (!more()) throw new UnreadableListException(UNCLOSED_QUOTE);
            at++;
            if (!more() || block[at] != '"') break;
            if (!copy(at, at + 1, start)) flags |= TOO_LONG;
            at++;
        }
        while (more() && block[at] == ' ') at++;
        if (more() && plain[block[at] & 0xff] != STOP) throw new UnreadableListException(UNCLOSED_QUOTE);
        return flags;
    }

    /** Appends bytes of the block to the field that starts at {@code start}. Returns false if the field gets too long. */
    private boolean copy(int from, int to, int start) {
        var room = Math.min(start + MAX_FIELD_LENGTH, MAX_RECORD_LENGTH) - length;
        var count = Math.min(to - from, room);
        if (length + count > text.length) text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
        System.arraycopy(block, from, text, length, count);
        length += count;
        return count == to - from;
    }

    private void endField(int flags) {
        if (fields == ends.length && fields < MAX_FIELDS) {
            ends = Arrays.copyOf(ends, 2 * fields);
            fieldFlags = Arrays.copyOf(fieldFlags, 2 * fields);
        }
        // Fields beyond the maximum merge into the last one: the record is too wide in any case.
        var field = Math.min(fields, MAX_FIELDS - 1);
        ends[field] = length;
        fieldFlags[field] = (byte) flags;
        fields = field + 1;
    }
}

package dk.underret.recipient;

import static dk.underret.incident.FindingCode.UNCLOSED_QUOTE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The records of a CSV file, one at a time, in buffers that are used again: RFC 4180 with any separator and any mixture of line
 * ends. A quote counts only at a field's start, as in spreadsheets; a quoted field must end at a separator or a line end. Longer
 * fields than {@link #LONGEST_FIELD} are cut and marked, so that a forgotten quote can't fill the memory.
 */
final class Records {
    /** Bytes that a field may have. */
    static final int LONGEST_FIELD = 4096;

    /** What a field holds, as bits. */
    static final int NOT_ASCII = 1;

    static final int CONTROL = 2;
    static final int DIGIT = 4;
    static final int AT = 8;
    static final int NEWLINE = 16;
    static final int TOO_LONG = 32;

    /** Bytes and fields of one record that are kept, so that no record can fill the memory. */
    private static final int LONGEST_RECORD = 1 << 20;

    private static final int MOST_FIELDS = 1 << 14;

    /** Where a run of plain bytes ends, in the tables. */
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
    private byte[] marks = new byte[64];
    private int length;
    private int fields;
    private long row;

    /**
     * @param block the file's first bytes, already read
     * @param end how many
     */
    Records(ListBytes bytes, char separator, byte[] block, int end) {
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
     * Goes to the next record, a blank one too.
     *
     * @return false at the end
     */
    boolean next() throws IOException, Unreadable {
        fields = 0;
        length = 0;
        row++;
        if (skipLineFeed && more() && block[at] == '\n') at++;
        skipLineFeed = false;
        if (!more()) return false;
        while (field()) {}
        return true;
    }

    /** The record as Excel numbers it, from 1: that which is being read when {@link #next} throws. */
    long row() {
        return row;
    }

    /** How many fields the record has. */
    int fields() {
        return fields;
    }

    /** What the field holds, as bits; {@code field} from 0. */
    int marks(int field) {
        return marks[field];
    }

    /** Whether the field has no byte but white space. */
    boolean isBlank(int field) {
        for (var i = start(field); i < ends[field]; i++)
            if (text[i] != ' ' && (text[i] < '\t' || text[i] > '\r')) return false;
        return true;
    }

    /** Whether all fields are blank: a line that a spreadsheet left behind. */
    boolean isBlank() {
        for (var i = 0; i < fields; i++) if (!isBlank(i)) return false;
        return true;
    }

    /** The field's text as it stands. */
    String text(int field) {
        var start = start(field);
        var charset = (marks[field] & NOT_ASCII) == 0 ? StandardCharsets.ISO_8859_1 : bytes.charset();
        return new String(text, start, ends[field] - start, charset);
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    private boolean more() throws IOException, Unreadable {
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

    /** Reads a field and what ends it; false after the record's last. */
    private boolean field() throws IOException, Unreadable {
        var start = length;
        var mark = more() && block[at] == '"' ? quotedField(start) : run(plain, start, 0);
        endField(mark);
        if (!more()) return false;
        var stop = block[at++];
        if (stop == separator) return true;
        skipLineFeed = stop == '\r';
        return false;
    }

    /** Copies bytes up to the next that the table stops at, or the file's end. */
    private int run(byte[] table, int start, int marked) throws IOException, Unreadable {
        var mark = marked;
        while (more()) {
            var from = at;
            var to = from;
            byte what = 0;
            while (to < end && (what = table[block[to] & 0xff]) != STOP) {
                mark |= what;
                to++;
            }
            at = to;
            if (!copy(from, to, start)) mark |= TOO_LONG;
            if (to < end) break;
        }
        return mark;
    }

    private int quotedField(int start) throws IOException, Unreadable {
        var mark = 0;
        at++;
        while (true) {
            mark = run(quoted, start, mark);
            if (!more()) throw new Unreadable(UNCLOSED_QUOTE);
            at++;
            if (!more() || block[at] != '"') break;
            if (!copy(at, at + 1, start)) mark |= TOO_LONG;
            at++;
        }
        while (more() && block[at] == ' ') at++;
        if (more() && plain[block[at] & 0xff] != STOP) throw new Unreadable(UNCLOSED_QUOTE);
        return mark;
    }

    /** Copies from the block to the field that starts at {@code start}; false where it gets too long. */
    private boolean copy(int from, int to, int start) {
        var room = Math.min(start + LONGEST_FIELD, LONGEST_RECORD) - length;
        var count = Math.min(to - from, room);
        if (length + count > text.length) text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
        System.arraycopy(block, from, text, length, count);
        length += count;
        return count == to - from;
    }

    private void endField(int mark) {
        if (fields == ends.length && fields < MOST_FIELDS) {
            ends = Arrays.copyOf(ends, 2 * fields);
            marks = Arrays.copyOf(marks, 2 * fields);
        }
        // Fields beyond the most run into the last one: the record is too wide in any case.
        var field = Math.min(fields, MOST_FIELDS - 1);
        ends[field] = length;
        marks[field] = (byte) mark;
        fields = field + 1;
    }
}

package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ENCODING;
import static dk.underret.incident.FindingCode.NOT_TEXT;

import org.jspecify.annotations.Nullable;

/** Converts UTF-16 to UTF-8, block by block. Rejects unpaired surrogates and NUL. */
final class Utf16Transcoder {
    private final boolean littleEndian;
    private byte[] block = new byte[0];
    /** The first byte of a code unit that the end of a block cut in two, or -1. */
    private int pendingByte = -1;
    /** A high surrogate whose low surrogate has not been read yet, or 0. */
    private char highSurrogate;

    private @Nullable UnreadableListException failure;

    Utf16Transcoder(boolean littleEndian) {
        this.littleEndian = littleEndian;
    }

    /** Returns the buffer to read the file into. Its bytes become at most {@code utf8} bytes of UTF-8. */
    byte[] inputBuffer(int utf8) {
        // Two bytes become at most three. The rest of the block before may add three.
        var size = (utf8 - 8) / 3 * 2;
        if (block.length != size) block = new byte[size];
        return block;
    }

    /** Returns why {@link #toUtf8} stopped, or null. */
    @Nullable
    UnreadableListException failure() {
        return failure;
    }

    /**
     * Converts the first {@code read} bytes of the buffer.
     *
     * @param offset offset in the file of the buffer's first byte, from 0
     * @return the number of bytes written to {@code utf8}
     */
    int toUtf8(int read, byte[] utf8, long offset) {
        var written = 0;
        for (var i = 0; i < read && failure == null; i++) {
            var b = block[i] & 0xff;
            if (pendingByte < 0) {
                pendingByte = b;
                continue;
            }
            var unit = (char) (littleEndian ? (b << 8) | pendingByte : (pendingByte << 8) | b);
            pendingByte = -1;
            written = append(unit, utf8, written, offset + i - 1);
        }
        return written;
    }

    /** Rejects a file that ends within a character. Returns why, or null. */
    @Nullable
    UnreadableListException end(long offset) {
        if (pendingByte >= 0 || highSurrogate != 0)
            failure = new UnreadableListException(BAD_ENCODING, offset - (pendingByte >= 0 ? 1 : 2));
        return failure;
    }

    private int append(char unit, byte[] utf8, int at, long offset) {
        if (Character.isLowSurrogate(unit) != (highSurrogate != 0))
            failure = new UnreadableListException(BAD_ENCODING, highSurrogate == 0 ? offset : offset - 2);
        else if (unit == 0) failure = new UnreadableListException(NOT_TEXT);
        if (failure != null) return at;
        if (Character.isHighSurrogate(unit)) {
            highSurrogate = unit;
            return at;
        }
        int c = highSurrogate == 0 ? unit : Character.toCodePoint(highSurrogate, unit);
        highSurrogate = 0;
        var next = at;
        if (c < 0x80) {
            utf8[next++] = (byte) c;
            return next;
        }
        var bytes = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        utf8[next++] = (byte) ((0xf00 >> bytes) | (c >> (6 * (bytes - 1))));
        for (var left = bytes - 2; left >= 0; left--) utf8[next++] = (byte) (0x80 | ((c >> (6 * left)) & 0x3f));
        return next;
    }
}

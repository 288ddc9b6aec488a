package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ENCODING;
import static dk.underret.incident.FindingCode.NOT_TEXT;

import org.jspecify.annotations.Nullable;

/** Turns UTF-16 into UTF-8, block by block; a surrogate without its pair is trouble. */
final class Utf16 {
    private final boolean littleEndian;
    private byte[] block = new byte[0];
    /** The first byte of a unit that the block's end cut in two, or -1. */
    private int half = -1;
    /** A high surrogate that waits for its low one, or 0. */
    private char high;

    private @Nullable Unreadable trouble;

    Utf16(boolean littleEndian) {
        this.littleEndian = littleEndian;
    }

    /** Where to read the file's bytes to, as many as become {@code utf8} bytes at the most. */
    byte[] block(int utf8) {
        // Two bytes become three at the most, and three may come from what was left of the block before.
        var size = (utf8 - 8) / 3 * 2;
        if (block.length != size) block = new byte[size];
        return block;
    }

    /** Why {@link #toUtf8} stopped. */
    @Nullable
    Unreadable trouble() {
        return trouble;
    }

    /**
     * Turns the block's first {@code read} bytes.
     *
     * @param offset of the block in the file, from 0
     * @return how many bytes were written to {@code utf8}
     */
    int toUtf8(int read, byte[] utf8, long offset) {
        var written = 0;
        for (var i = 0; i < read && trouble == null; i++) {
            var b = block[i] & 0xff;
            if (half < 0) {
                half = b;
                continue;
            }
            var unit = (char) (littleEndian ? (b << 8) | half : (half << 8) | b);
            half = -1;
            written = put(unit, utf8, written, offset + i - 1);
        }
        return written;
    }

    /** Checks that the file doesn't end within a character. */
    @Nullable
    Unreadable end(long offset) {
        if (half >= 0 || high != 0) trouble = new Unreadable(BAD_ENCODING, offset - (half >= 0 ? 1 : 2));
        return trouble;
    }

    private int put(char unit, byte[] utf8, int at, long offset) {
        if (Character.isLowSurrogate(unit) != (high != 0))
            trouble = new Unreadable(BAD_ENCODING, high == 0 ? offset : offset - 2);
        else if (unit == 0) trouble = new Unreadable(NOT_TEXT);
        if (trouble != null) return at;
        if (Character.isHighSurrogate(unit)) {
            high = unit;
            return at;
        }
        int c = high == 0 ? unit : Character.toCodePoint(high, unit);
        high = 0;
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

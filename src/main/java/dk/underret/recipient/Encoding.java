package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ENCODING;
import static dk.underret.incident.FindingCode.NOT_TEXT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells UTF-8 from Windows-1252 as the bytes go by, in blocks. The first character beyond ASCII decides; a later one of the
 * other kind makes the file unreadable, since half of it would come out wrong whichever was chosen. Well-formed UTF-8 is that
 * of the Unicode Standard, table 3-7.
 */
final class Encoding {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private @Nullable Charset charset;
    private @Nullable Unreadable trouble;
    /** Of the character that has begun: its offset, its bytes to come, and the bounds of the next one. */
    private long begun;

    private int toCome;
    private int lowest;
    private int highest;
    /** Whether that character holds a byte that Windows-1252 has no character for. */
    private boolean undefined;

    /** @param known the encoding, where a byte order mark has told it */
    Encoding(@Nullable Charset known) {
        charset = known;
    }

    /** What the bytes are in; UTF-8 as long as they are ASCII. */
    Charset charset() {
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    /** Why {@link #check} stopped. */
    @Nullable
    Unreadable trouble() {
        return trouble;
    }

    /**
     * Checks a block.
     *
     * @param offset of its first byte in the file, from 0
     * @return how many of its bytes can be read; fewer than {@code length} where {@link #trouble} is
     */
    int check(byte[] block, int length, long offset) {
        var i = 0;
        while (i < length && trouble == null) {
            if (toCome == 0) i = skipAscii(block, i, length);
            if (i == length) break;
            var b = block[i] & 0xff;
            if (toCome == 0) {
                begin(b, offset + i++);
            } else if (b >= lowest && b <= highest) {
                goOn(b);
                i++;
            } else {
                toCome = 0;
                isNotUtf8();
            }
        }
        return trouble == null ? length : (int) Math.max(begun - offset, 0);
    }

    /** Checks that the file doesn't end within a character. */
    void end() {
        if (toCome > 0) isNotUtf8();
        toCome = 0;
    }

    private static int skipAscii(byte[] block, int from, int length) {
        var i = from;
        while (i + 8 <= length) {
            var bytes = (long) LONGS.get(block, i);
            // A high bit set is beyond ASCII; one that the subtraction sets may be a NUL.
            if (((bytes | (bytes - LOW_BITS)) & HIGH_BITS) != 0) break;
            i += 8;
        }
        while (i < length && block[i] > 0) i++;
        return i;
    }

    private void begin(int b, long at) {
        begun = at;
        undefined = isUndefined(b);
        lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        if (b == 0) trouble = new Unreadable(NOT_TEXT);
        else if (b >= 0xc2 && b <= 0xdf) toCome = 1;
        else if (b >= 0xe0 && b <= 0xef) toCome = 2;
        else if (b >= 0xf0 && b <= 0xf4) toCome = 3;
        else isNotUtf8();
    }

    private void goOn(int b) {
        undefined |= isUndefined(b);
        lowest = 0x80;
        highest = 0xbf;
        if (--toCome > 0) return;
        if (WINDOWS_1252.equals(charset)) trouble = new Unreadable(BAD_ENCODING, begun);
        else charset = StandardCharsets.UTF_8;
    }

    private void isNotUtf8() {
        if (StandardCharsets.UTF_8.equals(charset) || undefined) trouble = new Unreadable(BAD_ENCODING, begun);
        else charset = WINDOWS_1252;
    }

    private static boolean isUndefined(int b) {
        return b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d;
    }
}

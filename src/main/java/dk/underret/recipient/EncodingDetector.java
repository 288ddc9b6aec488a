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
 * Detects UTF-8 or Windows-1252 while the file is read, block by block. The first character beyond ASCII decides. A later
 * character of the other encoding makes the file unreadable, because either choice would garble a part of it. Well-formed UTF-8
 * is defined by the Unicode Standard, table 3-7.
 */
final class EncodingDetector {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private @Nullable Charset charset;
    private @Nullable UnreadableListException failure;
    /** Offset in the file, from 0, of the current character. */
    private long characterStart;
    /** Bytes that the current character still needs; 0 between characters. */
    private int missingBytes;
    /** Bounds of the current character's next byte, both inclusive. */
    private int lowest;

    private int highest;
    /** Whether the current character has a byte that Windows-1252 leaves undefined. */
    private boolean undefined;

    /** @param known the encoding that the byte order mark declares; null without a mark */
    EncodingDetector(@Nullable Charset known) {
        charset = known;
    }

    /** Returns the encoding; UTF-8 as long as all bytes are ASCII. */
    Charset charset() {
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    /** Returns why {@link #check} stopped, or null. */
    @Nullable
    UnreadableListException failure() {
        return failure;
    }

    /**
     * Checks a block.
     *
     * @param offset offset in the file of the block's first byte, from 0
     * @return the number of readable bytes; fewer than {@code length} if there is a {@link #failure}
     */
    int check(byte[] block, int length, long offset) {
        var i = 0;
        while (i < length && failure == null) {
            if (missingBytes == 0) i = skipAscii(block, i, length);
            if (i == length) break;
            var b = block[i] & 0xff;
            if (missingBytes == 0) {
                startCharacter(b, offset + i++);
            } else if (b >= lowest && b <= highest) {
                continueCharacter(b);
                i++;
            } else {
                missingBytes = 0;
                rejectUtf8();
            }
        }
        return failure == null ? length : (int) Math.max(characterStart - offset, 0);
    }

    /** Handles a character that the end of the file cuts off. */
    void end() {
        if (missingBytes > 0) rejectUtf8();
        missingBytes = 0;
    }

    private static int skipAscii(byte[] block, int from, int length) {
        var i = from;
        while (i + 8 <= length) {
            var bytes = (long) LONGS.get(block, i);
            // A high bit means a byte beyond ASCII; one that the subtraction sets may mean a NUL.
            if (((bytes | (bytes - LOW_BITS)) & HIGH_BITS) != 0) break;
            i += 8;
        }
        while (i < length && block[i] > 0) i++;
        return i;
    }

    private void startCharacter(int b, long at) {
        characterStart = at;
        undefined = isUndefinedInWindows1252(b);
        lowest = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
        highest = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
        if (b == 0) failure = new UnreadableListException(NOT_TEXT);
        else if (b >= 0xc2 && b <= 0xdf) missingBytes = 1;
        else if (b >= 0xe0 && b <= 0xef) missingBytes = 2;
        else if (b >= 0xf0 && b <= 0xf4) missingBytes = 3;
        else rejectUtf8();
    }

    private void continueCharacter(int b) {
        undefined |= isUndefinedInWindows1252(b);
        lowest = 0x80;
        highest = 0xbf;
        if (--missingBytes > 0) return;
        if (WINDOWS_1252.equals(charset)) failure = new UnreadableListException(BAD_ENCODING, characterStart);
        else charset = StandardCharsets.UTF_8;
    }

    private void rejectUtf8() {
        if (StandardCharsets.UTF_8.equals(charset) || undefined)
            failure = new UnreadableListException(BAD_ENCODING, characterStart);
        else charset = WINDOWS_1252;
    }

    private static boolean isUndefinedInWindows1252(int b) {
        return b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d;
    }
}

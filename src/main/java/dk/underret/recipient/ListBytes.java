package dk.underret.recipient;

import static dk.underret.incident.FindingCode.NOT_CSV;
import static dk.underret.incident.FindingCode.TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload's bytes on their way to the records: counted, hashed, known to be text, without a byte order mark, and with every
 * separator, quote and line end one ASCII byte (UTF-16 becomes UTF-8).
 */
final class ListBytes {
    /** What files start with that are no lists, in ISO 8859-1, and what their owner calls them. */
    private static final Map<String, String> MAGIC = Map.of(
            "PK\3\4", "Excel/zip",
            "PK\5\6", "Excel/zip",
            "PK\7\b", "Excel/zip",
            "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "Excel",
            "\u001f\u008b", "gzip",
            "%PDF-", "PDF");

    private static final int LONGEST_MARK = 8;

    private final InputStream in;
    private final ListRules rules;
    private final MessageDigest digest = sha256Digest();
    private final Encoding encoding;
    private final @Nullable Utf16 utf16;
    /** What was read to look at the first bytes, without the byte order mark: handed on first. */
    private byte[] start;
    /** Offset in the file of the next byte to check. */
    private long offset;

    private long length;
    private @Nullable Unreadable trouble;
    private @Nullable String sha256;

    private ListBytes(InputStream in, ListRules rules, byte[] first) {
        this.in = in;
        this.rules = rules;
        var utf8 = starts(first, 0xef, 0xbb, 0xbf);
        var littleEndian = starts(first, 0xff, 0xfe);
        utf16 = littleEndian || starts(first, 0xfe, 0xff) ? new Utf16(littleEndian) : null;
        encoding = new Encoding(utf8 || utf16 != null ? StandardCharsets.UTF_8 : null);
        offset = utf8 ? 3 : utf16 != null ? 2 : 0;
        start = Arrays.copyOfRange(first, (int) offset, first.length);
        length = first.length;
        digest.update(first);
    }

    /** Looks at the first bytes. */
    static ListBytes open(InputStream in, ListRules rules) throws IOException {
        var start = in.readNBytes(LONGEST_MARK);
        var bytes = new ListBytes(in, rules, start);
        var text = new String(start, StandardCharsets.ISO_8859_1);
        MAGIC.forEach((magic, kind) -> {
            if (text.startsWith(magic)) bytes.trouble = new Unreadable(NOT_CSV, kind);
        });
        return bytes;
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) return false;
        for (var i = 0; i < mark.length; i++) if ((bytes[i] & 0xff) != mark[i]) return false;
        return true;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What fields beyond ASCII are in. */
    Charset charset() {
        return encoding.charset();
    }

    /**
     * Reads a block.
     *
     * @return how many bytes, 0 included; -1 at the end
     * @throws Unreadable at the first byte that is no text, and not before all bytes in front of it are handed on
     */
    int read(byte[] block) throws IOException, Unreadable {
        if (trouble != null) throw trouble;
        var raw = utf16 == null ? block : utf16.block(block.length);
        var read = readFile(raw);
        if (read < 0) return end();
        if (length > rules.maxBytes()) throw tooLarge();
        var good = utf16 == null ? encoding.check(block, read, offset) : utf16.toUtf8(read, block, offset);
        trouble = utf16 == null ? encoding.trouble() : utf16.trouble();
        offset += read;
        return good;
    }

    /** The list has more bytes, or the caller has counted more rows, than allowed. */
    Unreadable tooLarge() {
        trouble = new Unreadable(TOO_LARGE, rules.maxBytes() / 1_000_000, rules.maxRows());
        return trouble;
    }

    private int end() throws Unreadable {
        encoding.end();
        trouble = utf16 == null ? encoding.trouble() : utf16.end(offset);
        if (trouble != null) throw trouble;
        return -1;
    }

    /** SHA-256 of all the upload's bytes, those behind an unreadable one too; empty when there are more than allowed. */
    Optional<String> sha256() throws IOException {
        var block = new byte[8192];
        while (sha256 == null && length <= rules.maxBytes()) if (readFile(block) < 0) hash();
        return Optional.ofNullable(sha256);
    }

    private void hash() {
        sha256 = HexFormat.of().formatHex(digest.digest());
    }

    /** Fills the block as far as the file goes; -1 at its end. */
    private int readFile(byte[] block) throws IOException {
        var old = start.length;
        System.arraycopy(start, 0, block, 0, old);
        start = new byte[0];
        var read = in.readNBytes(block, old, block.length - old);
        length += read;
        digest.update(block, old, read);
        return old + read == 0 ? -1 : old + read;
    }
}

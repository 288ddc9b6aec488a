package dk.underret.recipient;

import static dk.underret.incident.FindingCode.NOT_CSV;
import static dk.underret.incident.FindingCode.TOO_LARGE;

import dk.underret.incident.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bytes of an upload for the CSV reader. Counts and hashes them, rejects bytes that aren't text, drops the byte order
 * mark, and converts UTF-16 to UTF-8, so that every separator, quote and line end is one ASCII byte.
 */
final class ListBytes {
    /** First bytes of file formats other than CSV, in ISO 8859-1, and the name of each format for the finding. */
    private static final Map<String, String> FORMAT_SIGNATURES = Map.of(
            "PK\3\4", "Excel/zip",
            "PK\5\6", "Excel/zip",
            "PK\7\b", "Excel/zip",
            "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "Excel",
            "\u001f\u008b", "gzip",
            "%PDF-", "PDF");

    /** Length of the longest signature, in bytes. */
    private static final int MAX_SIGNATURE_LENGTH = 8;

    private final InputStream in;
    private final ListRules rules;
    private final MessageDigest digest = Sha256.newDigest();
    private final EncodingDetector encoding;
    private final @Nullable Utf16Transcoder utf16;
    /** The bytes that were read to detect the format, without the byte order mark; the first block begins with them. */
    private byte[] prefix;
    /** Offset in the file of the next byte to check, from 0. */
    private long offset;
    /** Bytes read so far, including the byte order mark. */
    private long length;

    private @Nullable UnreadableListException failure;
    private @Nullable String sha256;

    private ListBytes(InputStream in, ListRules rules, byte[] first) {
        this.in = in;
        this.rules = rules;
        var utf8 = starts(first, 0xef, 0xbb, 0xbf);
        var littleEndian = starts(first, 0xff, 0xfe);
        utf16 = littleEndian || starts(first, 0xfe, 0xff) ? new Utf16Transcoder(littleEndian) : null;
        encoding = new EncodingDetector(utf8 || utf16 != null ? StandardCharsets.UTF_8 : null);
        offset = utf8 ? 3 : utf16 != null ? 2 : 0;
        prefix = Arrays.copyOfRange(first, (int) offset, first.length);
        length = first.length;
        digest.update(first);
    }

    /** Reads the first bytes and detects the format. */
    static ListBytes open(InputStream in, ListRules rules) throws IOException {
        var start = in.readNBytes(MAX_SIGNATURE_LENGTH);
        var bytes = new ListBytes(in, rules, start);
        var text = new String(start, StandardCharsets.ISO_8859_1);
        FORMAT_SIGNATURES.forEach((magic, kind) -> {
            if (text.startsWith(magic)) bytes.failure = new UnreadableListException(NOT_CSV, kind);
        });
        return bytes;
    }

    private static boolean starts(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) return false;
        for (var i = 0; i < mark.length; i++) if ((bytes[i] & 0xff) != mark[i]) return false;
        return true;
    }

    /** Returns the encoding of fields beyond ASCII. */
    Charset charset() {
        return encoding.charset();
    }

    /**
     * Reads a block.
     *
     * @return the number of bytes, which may be 0; -1 at the end
     * @throws UnreadableListException at the first byte that isn't text, once all bytes before it were returned
     */
    int read(byte[] block) throws IOException, UnreadableListException {
        if (failure != null) throw failure;
        var raw = utf16 == null ? block : utf16.inputBuffer(block.length);
        var read = readFile(raw);
        if (read < 0) return end();
        if (length > rules.maxBytes()) throw tooLarge();
        var good = utf16 == null ? encoding.check(block, read, offset) : utf16.toUtf8(read, block, offset);
        failure = utf16 == null ? encoding.failure() : utf16.failure();
        offset += read;
        return good;
    }

    /** Returns the failure of a list with more bytes than allowed, or with more rows, which the caller counts. */
    UnreadableListException tooLarge() {
        failure = new UnreadableListException(TOO_LARGE, rules.maxBytes() / 1_000_000, rules.maxRows());
        return failure;
    }

    private int end() throws UnreadableListException {
        encoding.end();
        failure = utf16 == null ? encoding.failure() : utf16.end(offset);
        if (failure != null) throw failure;
        return -1;
    }

    /**
     * Returns the SHA-256 of the whole upload, including bytes after an unreadable one. Reads the rest of the upload.
     *
     * @return empty if the upload has more bytes than allowed
     */
    Optional<String> sha256() throws IOException {
        var block = new byte[8192];
        while (sha256 == null && length <= rules.maxBytes()) if (readFile(block) < 0) hash();
        return Optional.ofNullable(sha256);
    }

    private void hash() {
        sha256 = Sha256.hex(digest);
    }

    /** Fills the block from the file. Returns the number of bytes, or -1 at the end of the file. */
    private int readFile(byte[] block) throws IOException {
        var old = prefix.length;
        System.arraycopy(prefix, 0, block, 0, old);
        prefix = new byte[0];
        var read = in.readNBytes(block, old, block.length - old);
        length += read;
        digest.update(block, old, read);
        return old + read == 0 ? -1 : old + read;
    }
}

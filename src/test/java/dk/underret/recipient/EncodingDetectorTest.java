package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Compares with Java's decoder, an independent reader of UTF-8. */
class EncodingDetectorTest {
    /** The bytes around every bound of a later byte in the Unicode Standard, table 3-7. */
    private static final int[] LATER = {0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0};

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static EncodingDetector read(EncodingDetector detector, byte[] bytes) {
        detector.check(bytes, bytes.length, 0);
        if (detector.failure() == null) detector.end();
        return detector;
    }

    @Test
    void refuses_exactly_what_is_not_utf_8_in_a_list_that_says_it_is() {
        for (var first = 0x80; first <= 0xff; first++)
            for (var second : LATER)
                for (var third : LATER)
                    for (var fourth : LATER) {
                        var bytes = new byte[] {(byte) first, (byte) second, (byte) third, (byte) fourth};
                        for (var length = 1; length <= 4; length++) {
                            var text = Arrays.copyOf(bytes, length);
                            assertThat(read(new EncodingDetector(UTF_8), text).failure() == null)
                                    .as(HexFormat.of().formatHex(text))
                                    .isEqualTo(isUtf8(text));
                        }
                    }
    }

    @Test
    void takes_for_windows_1252_what_is_not_utf_8() {
        assertThat(read(new EncodingDetector(null), new byte[] {'S', (byte) 0xf8, 'r', 'e', 'n'})
                        .charset())
                .isEqualTo(Charset.forName("windows-1252"));
    }

    @Test
    void refuses_a_byte_that_neither_encoding_has() {
        var detector = read(new EncodingDetector(null), new byte[] {'B', (byte) 0xe2, (byte) 0x81, 'o'});
        assertThat(detector.failure()).isNotNull();
        assertThat(detector.failure().code()).isEqualTo(FindingCode.BAD_ENCODING);
        assertThat(detector.failure().arguments()).containsExactly(1L);
    }

    @Test
    void refuses_a_nul_wherever_it_stands() {
        for (var at = 0; at < 24; at++) {
            var bytes = "a@x.example,Anna Hansen\n".getBytes(UTF_8);
            bytes[at] = 0;
            var detector = new EncodingDetector(null);
            assertThat(detector.check(bytes, bytes.length, 0)).isEqualTo(at);
            assertThat(detector.failure()).isNotNull();
            assertThat(detector.failure().code()).isEqualTo(FindingCode.NOT_TEXT);
        }
    }

    @Test
    void reads_a_character_wherever_it_stands() {
        for (var at = 0; at < 23; at++) {
            var bytes = ("a".repeat(at) + "ø" + "a".repeat(22 - at)).getBytes(UTF_8);
            var detector = read(new EncodingDetector(null), bytes);
            assertThat(detector.failure()).isNull();
            assertThat(detector.charset()).isEqualTo(UTF_8);
        }
    }
}

package dk.underret.recipient;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FindingCode;
import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Java's own encoders. */
class Utf16TranscoderTest {
    private static byte[] utf8(byte[] utf16, boolean littleEndian) {
        var transcoder = new Utf16Transcoder(littleEndian);
        var out = new ByteArrayOutputStream();
        var block = new byte[64];
        for (var from = 0; from < utf16.length; ) {
            var input = transcoder.inputBuffer(block.length);
            var read = Math.min(input.length, utf16.length - from);
            System.arraycopy(utf16, from, input, 0, read);
            out.write(block, 0, transcoder.toUtf8(read, block, from));
            from += read;
        }
        assertThat(transcoder.end(utf16.length)).isNull();
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writes_every_character_as_java_does(boolean littleEndian) {
        var all = IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(utf8(all.getBytes(littleEndian ? UTF_16LE : UTF_16BE), littleEndian))
                .isEqualTo(all.getBytes(UTF_8));
    }

    /** Big-endian Latin text has a zero in front of every letter. */
    @Test
    void refuses_a_file_that_ends_after_half_a_unit_of_zero() {
        var transcoder = new Utf16Transcoder(false);
        transcoder.inputBuffer(64)[0] = 0;
        assertThat(transcoder.toUtf8(1, new byte[64], 2)).isZero();
        var failure = transcoder.end(3);
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(FindingCode.BAD_ENCODING);
        assertThat(failure.arguments()).containsExactly(2L);
    }
}

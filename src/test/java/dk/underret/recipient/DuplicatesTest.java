package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static byte[] identity(int... bytes) {
        var identity = new byte[32];
        for (var i = 0; i < bytes.length; i++) identity[i] = (byte) bytes[i];
        return identity;
    }

    @Test
    void tells_the_first_row_and_whether_the_letter_is_the_same() {
        var duplicates = new Duplicates();
        assertThat(duplicates.add(2, identity(1), 10)).isZero();
        assertThat(duplicates.add(3, identity(2), 10)).isZero();
        assertThat(duplicates.add(4, identity(1), 10)).isEqualTo(2);
        assertThat(duplicates.add(5, identity(1), 11)).isEqualTo(-2);
        assertThat(duplicates.add(6, identity(2), 10)).isEqualTo(3);
    }

    @Test
    void compares_twelve_bytes() {
        var duplicates = new Duplicates();
        assertThat(duplicates.add(2, identity(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), 1))
                .isZero();
        assertThat(duplicates.add(3, identity(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2), 1))
                .isZero();
        assertThat(duplicates.add(4, identity(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 9), 1))
                .isEqualTo(3);
    }

    @Test
    void keeps_rows_beyond_two_thousand_million() {
        var duplicates = new Duplicates();
        assertThat(duplicates.add(4_000_000_000L, identity(1), 1)).isZero();
        assertThat(duplicates.add(4_000_000_001L, identity(1), 1)).isEqualTo(4_000_000_000L);
    }

    /** Keeps 146,000 people: the first eight segments hold 131,072. */
    @Test
    void agrees_with_a_map_over_many_rows() {
        var random = new Random(7);
        var duplicates = new Duplicates();
        var first = new HashMap<String, Long>();
        for (var row = 2L; row < 200_000; row++) {
            var number = random.nextInt(300_000);
            var identity = new byte[32];
            new Random(number).nextBytes(identity);
            var earlier = first.putIfAbsent(Arrays.toString(identity), row);
            assertThat(duplicates.add(row, identity, 1)).isEqualTo(earlier == null ? 0L : earlier);
        }
    }
}

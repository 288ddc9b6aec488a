package dk.underret.recipient;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds rows that repeat an identity, in at most 32 bytes per row.
 *
 * <p>Stores 96 bits of the identity's hash, 32 bits of the letter's hash and the row number in arrays that grow by one segment
 * at a time. An open-addressed index of four bytes per slot, at most three quarters full, finds them. Two of 20 million people
 * share 96 bits in one of 10<sup>14</sup> lists.
 */
final class Duplicates {
    private static final int SEGMENT_SIZE = 1 << 14;

    private long[][] high = new long[8][];
    private int[][] low = new int[8][];
    private int[][] content = new int[8][];
    private int[][] rows = new int[8][];
    private int size;
    /** Entry number + 1 by slot; 0 if the slot is free. */
    private int[] index = new int[1024];

    /**
     * Adds a row, unless an earlier row has its identity.
     *
     * @param row the row number, from 1, below 2<sup>32</sup>
     * @param identity the identity's hash; its first 12 bytes are compared
     * @param letter hash of everything that the letter depends on
     * @return 0 if the identity is new; else the number of its first row, negative if that row's letter differs
     */
    long add(long row, byte[] identity, int letter) {
        var bytes = ByteBuffer.wrap(identity);
        var first = bytes.getLong();
        var second = bytes.getInt();
        for (var slot = slot(first); ; slot = (slot + 1) & (index.length - 1)) {
            var entry = index[slot] - 1;
            if (entry < 0) {
                index[slot] = append(first, second, letter, row) + 1;
                if (size > index.length / 4 * 3) grow();
                return 0;
            }
            var segment = entry / SEGMENT_SIZE;
            var at = entry % SEGMENT_SIZE;
            if (high[segment][at] != first || low[segment][at] != second) continue;
            var earlier = Integer.toUnsignedLong(rows[segment][at]);
            return content[segment][at] == letter ? earlier : -earlier;
        }
    }

    private int slot(long first) {
        return (int) first & (index.length - 1);
    }

    private int append(long first, int second, int letter, long row) {
        var segment = size / SEGMENT_SIZE;
        if (segment == high.length) {
            high = Arrays.copyOf(high, 2 * segment);
            low = Arrays.copyOf(low, 2 * segment);
            content = Arrays.copyOf(content, 2 * segment);
            rows = Arrays.copyOf(rows, 2 * segment);
        }
        var at = size % SEGMENT_SIZE;
        if (at == 0) {
            high[segment] = new long[SEGMENT_SIZE];
            low[segment] = new int[SEGMENT_SIZE];
            content[segment] = new int[SEGMENT_SIZE];
            rows[segment] = new int[SEGMENT_SIZE];
        }
        high[segment][at] = first;
        low[segment][at] = second;
        content[segment][at] = letter;
        rows[segment][at] = (int) row;
        return size++;
    }

    /** Doubles the index and rebuilds it from the entries. Releases the old index first, so that both are never in memory. */
    private void grow() {
        var slots = 2 * index.length;
        index = new int[0];
        index = new int[slots];
        for (var entry = 0; entry < size; entry++) {
            var slot = slot(high[entry / SEGMENT_SIZE][entry % SEGMENT_SIZE]);
            while (index[slot] != 0) slot = (slot + 1) & (slots - 1);
            index[slot] = entry + 1;
        }
    }
}

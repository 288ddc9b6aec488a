package dk.underret.recipient;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the second row of the same identity, in at most 32 bytes a row: 96 bits of the identity's hash, 32 bits of the letter's
 * content and the row number in arrays that grow by a piece at a time, and an open-addressed index of four bytes a slot, at most
 * three quarters full. Of 20 million people, two share 96 bits once in 10<sup>14</sup> lists.
 */
final class Duplicates {
    private static final int PIECE = 1 << 14;

    private long[][] high = new long[8][];
    private int[][] low = new int[8][];
    private int[][] content = new int[8][];
    private int[][] rows = new int[8][];
    private int size;
    /** Entry + 1 by slot; 0 is free. */
    private int[] index = new int[1024];

    /**
     * Takes in a row, unless its identity is there already.
     *
     * @param row from 1, below 2<sup>32</sup>
     * @param identity its hash, of which the first 12 bytes are used
     * @param letter what else the letter depends on
     * @return 0 when it is new, else the first row of that identity; negative where the letter would be another
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
            var piece = entry / PIECE;
            var at = entry % PIECE;
            if (high[piece][at] != first || low[piece][at] != second) continue;
            var earlier = Integer.toUnsignedLong(rows[piece][at]);
            return content[piece][at] == letter ? earlier : -earlier;
        }
    }

    private int slot(long first) {
        return (int) first & (index.length - 1);
    }

    private int append(long first, int second, int letter, long row) {
        var piece = size / PIECE;
        if (piece == high.length) {
            high = Arrays.copyOf(high, 2 * piece);
            low = Arrays.copyOf(low, 2 * piece);
            content = Arrays.copyOf(content, 2 * piece);
            rows = Arrays.copyOf(rows, 2 * piece);
        }
        var at = size % PIECE;
        if (at == 0) {
            high[piece] = new long[PIECE];
            low[piece] = new int[PIECE];
            content[piece] = new int[PIECE];
            rows[piece] = new int[PIECE];
        }
        high[piece][at] = first;
        low[piece][at] = second;
        content[piece][at] = letter;
        rows[piece][at] = (int) row;
        return size++;
    }

    /** Doubles the index, which is made anew from the entries: old and new are never both in memory. */
    private void grow() {
        var slots = 2 * index.length;
        index = new int[0];
        index = new int[slots];
        for (var entry = 0; entry < size; entry++) {
            var slot = slot(high[entry / PIECE][entry % PIECE]);
            while (index[slot] != 0) slot = (slot + 1) & (slots - 1);
            index[slot] = entry + 1;
        }
    }
}

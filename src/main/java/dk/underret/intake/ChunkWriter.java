package dk.underret.intake;

import dk.underret.ledger.ChunkRecord;
import dk.underret.ledger.Tally;
import dk.underret.recipient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts rows into chunks and writes each as it fills, so that no more than one is in memory. The same list gives the same
 * chunks: nothing but the rows goes into them.
 */
final class ChunkWriter {
    private final String run;
    private final Chunks chunks;
    private final int rows;
    private final List<ChunkRow> filling = new ArrayList<>();
    private final List<ChunkRecord> written = new ArrayList<>();
    private long letters;

    /** With at most {@code rows} rows in a chunk. */
    ChunkWriter(String run, Chunks chunks, int rows) {
        this.run = run;
        this.chunks = chunks;
        this.rows = rows;
    }

    /**
     * Adds the next row.
     *
     * @param keep whether it may still be sent; a list that is refused, or a draft, is read to its end but not written
     */
    void add(Row row, boolean keep) {
        if (row instanceof Row.Good) letters++;
        if (!keep) return;
        filling.add(
                switch (row) {
                    case Row.Good good -> new ChunkRow.Send(good.recipient(), good.person());
                    case Row.Bad bad -> new ChunkRow.Invalid(bad.row(), bad.recipient(), bad.codes());
                    case Row.Same same -> new ChunkRow.Duplicate(same.row(), same.of());
                    case Row.Skipped skipped -> new ChunkRow.Skipped(skipped.row(), skipped.reason());
                });
        if (filling.size() == rows) flush();
    }

    /** Writes what is left; the chunks of the whole list. */
    List<ChunkRecord> finish() {
        if (!filling.isEmpty()) flush();
        return List.copyOf(written);
    }

    /** Rows that are to get a letter. */
    long letters() {
        return letters;
    }

    private void flush() {
        var chunk = new Chunk(run, written.size(), filling);
        var sha256 = chunks.put(chunk);
        written.add(new ChunkRecord(
                run, chunk.number(), filling.getFirst().row(), filling.size(), sha256, Tally.NONE, Optional.empty()));
        filling.clear();
    }
}

package dk.underret.intake;

import dk.underret.ledger.Tally;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRecord;
import dk.underret.run.ChunkRow;
import dk.underret.run.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Cuts rows into chunks and writes each chunk when it is full, so that only one is in memory.
 */
final class ChunkWriter {
    private final String run;
    private final Chunks chunks;
    private final int rows;
    private final Map<Integer, ChunkRecord> recorded;
    private final List<ChunkRow> filling = new ArrayList<>();
    private final List<ChunkRecord> written = new ArrayList<>();
    private long letters;

    /**
     * Creates a writer.
     *
     * @param rows the most rows of a chunk
     * @param recorded chunks of an earlier try that crashed before its run was recorded: they are kept as they were planned then,
     *     because a row's plan may depend on more than the list
     */
    ChunkWriter(String run, Chunks chunks, int rows, List<ChunkRecord> recorded) {
        this.run = run;
        this.chunks = chunks;
        this.rows = rows;
        this.recorded = recorded.stream().collect(Collectors.toMap(ChunkRecord::number, Function.identity()));
    }

    /**
     * Adds the next row.
     *
     * @param keep whether the row may still be sent; a refused list, or a draft's, is read to its end and not written
     */
    void add(ChunkRow row, boolean keep) {
        if (row instanceof ChunkRow.LetterRow) letters++;
        if (!keep) return;
        filling.add(row);
        if (filling.size() == rows) flush();
    }

    /** Writes the last chunk and returns all chunks of the list. */
    List<ChunkRecord> finish() {
        if (!filling.isEmpty()) flush();
        return List.copyOf(written);
    }

    /** The number of rows that get a letter. */
    long letters() {
        return letters;
    }

    private void flush() {
        var number = written.size();
        var row = filling.getFirst().row();
        var sha256 = recorded.containsKey(number)
                ? recorded.get(number).sha256()
                : chunks.put(new Chunk(run, number, filling));
        written.add(new ChunkRecord(run, number, row, filling.size(), sha256, Tally.NONE, Optional.empty()));
        filling.clear();
    }
}

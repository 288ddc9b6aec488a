package dk.underret.testing;

import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import dk.underret.run.Chunks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Chunks in memory. The hash covers every row and value. */
public final class FakeChunks implements Chunks {
    private final TreeMap<String, Chunk> chunks = new TreeMap<>();
    private int puts;
    private int failAt = -1;

    /** Makes the n-th put from now (from 1) fail, before it writes. */
    public void failAtPut(int n) {
        failAt = n;
    }

    /** Returns the number of writes. */
    public synchronized int puts() {
        return puts;
    }

    @Override
    public synchronized String put(Chunk chunk) {
        if (failAt > 0 && --failAt == 0) throw new IllegalStateException("the work bucket is not available");
        puts++;
        chunks.put(key(chunk.run(), chunk.number()), chunk);
        return sha256(chunk);
    }

    @Override
    public synchronized Optional<Chunk> get(String run, int number, String sha256) {
        var chunk = Optional.ofNullable(chunks.get(key(run, number)));
        if (chunk.isPresent() && !sha256(chunk.get()).equals(sha256))
            throw new IllegalStateException("chunk " + number + " of run " + run + " was altered");
        return chunk;
    }

    @Override
    public synchronized void delete(String run) {
        chunks.keySet().removeIf(key -> key.startsWith(run + "/"));
    }

    /** Returns the chunks of a run, by number. */
    public synchronized List<Chunk> of(String run) {
        return chunks.values().stream().filter(chunk -> chunk.run().equals(run)).toList();
    }

    /** Returns the hash of a chunk. */
    public static String sha256(Chunk chunk) {
        var text = new StringBuilder(chunk.run() + chunk.number());
        for (var row : chunk.rows()) {
            text.append(row);
            if (row instanceof ChunkRow.LetterRow letter)
                text.append(letter.person().values()).append(letter.to().address());
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(String run, int number) {
        return "%s/%05d".formatted(run, number);
    }
}

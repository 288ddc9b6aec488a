package dk.underret.intake;

/** Writes to the evidence bucket, which has Object Lock and names no recipient. */
public interface Evidence {
    /**
     * Writes a file of a run's evidence.
     *
     * @param incident the incident's id; empty for an upload whose key names none
     * @param name the file's name, for example {@code problems.csv}
     * @param content the text, written as UTF-8
     */
    void put(String incident, String run, String name, String content);
}

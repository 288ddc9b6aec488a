package dk.underret.intake;

/** The evidence bucket: Object Lock, names no recipient. */
public interface Evidence {
    /**
     * Writes a file of a run's evidence.
     *
     * @param incident the incident's id; empty for an upload whose key names none
     * @param name the file's name, for example {@code problems.csv}
     * @param content UTF-8
     */
    void put(String incident, String run, String name, String content);
}

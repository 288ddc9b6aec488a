package dk.underret.incident;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds facts as the incidents table has them, with the upload they were read from and the author of their content.
 *
 * <p>The <em>content</em> of facts excludes the settings that say how a notice is sent ({@code paused}, {@code send_after} and
 * others) and the fields {@code approved_…}; it includes {@code status}. Only a change of the content makes a new author.
 *
 * @param facts plain maps, as in {@code incident.json}
 * @param source the upload they were read from; empty if they were put straight into the table
 * @param author the author when they were stored; {@link #knownAuthor} returns it only if the content is still the same
 */
public record StoredFacts(Map<String, Object> facts, Optional<FactsSource> source, Optional<Author> author) {
    /** Creates facts without an author. */
    public StoredFacts(Map<String, Object> facts, Optional<FactsSource> source) {
        this(facts, source, Optional.empty());
    }

    /**
     * Returns the author to store with uploaded facts: the current one if the content is unchanged, else the uploader.
     *
     * @param before the facts stored now
     * @param facts the uploaded facts, as they will be read back
     * @param source the upload
     */
    public static Author authorOf(Optional<StoredFacts> before, Map<String, Object> facts, FactsSource source) {
        var sha256 = contentHash(facts);
        return before.flatMap(StoredFacts::knownAuthor)
                .filter(author -> author.sha256().equals(sha256))
                .orElseGet(() -> new Author(source.version(), source.principal(), source.at(), sha256));
    }

    /** Returns the author; empty if unknown, for example because the facts were put or changed straight in the table. */
    public Optional<Author> knownAuthor() {
        return author.filter(author -> !author.principal().isEmpty())
                .filter(author -> author.sha256().equals(contentHash(facts)));
    }

    /** Returns whether there is any content. An item that only holds settings has no author and needs none. */
    public boolean hasContent() {
        return !content(facts).isEmpty();
    }

    private static String contentHash(Map<String, Object> facts) {
        return FactsHash.sha256(content(facts));
    }

    private static Map<String, Object> content(Map<String, Object> facts) {
        var content = new LinkedHashMap<>(facts);
        content.keySet().removeIf(name -> !name.equals("status") && Incident.isNotFrozen(name));
        return content;
    }
}

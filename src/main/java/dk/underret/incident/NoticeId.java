package dk.underret.incident;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Identifies one notice of one incident, the unit within which a person is told once.
 *
 * @param incident the incident's id, {@code [a-z0-9][a-z0-9-]{0,62}}
 * @param notice the notice's id within the incident, same form and none of {@link #RESERVED}
 */
public record NoticeId(String incident, String notice) {
    /** The notice of a list uploaded without a notice folder. */
    public static final String MAIN = "main";

    /** Names that no notice may have: folders of a notice, and the sort key of the shared facts. */
    public static final Set<String> RESERVED = Set.of("incident", "resend", "close", "posted");

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /**
     * Checks the form of both ids.
     *
     * @throws IllegalArgumentException if an id is reserved or has another form; the message contains no value
     */
    public NoticeId {
        if (!isId(incident)) throw new IllegalArgumentException("incident id is not of the form " + FORM);
        if (!isId(notice) || RESERVED.contains(notice))
            throw new IllegalArgumentException("notice id is reserved or not of the form " + FORM);
    }

    /** Returns whether a text has the form of an incident's or a notice's id. */
    public static boolean isId(String text) {
        return FORM.matcher(text).matches();
    }

    /** Returns {@code <incident>/<notice>}, the partition key of the notice's send records. */
    @Override
    public String toString() {
        return incident + "/" + notice;
    }
}

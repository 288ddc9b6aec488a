package dk.underret.intake;

import dk.underret.incident.NoticeId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that the parts of an upload's key may have. */
final class UploadKeyPattern {
    /**
     * Endings of lists, in any case. Files of spreadsheets and packers are read too: their content refuses them, with a finding that
     * says what to do.
     */
    private static final Set<String> LIST_ENDINGS = Set.of("csv", "xlsx", "xls", "ods", "zip", "gz", "pdf");

    private static final String LETTER_ENDING = ".hbs";

    /** Folders for lists of decisions. */
    private static final Set<String> DECISIONS = Set.of("resend", "close", "posted");

    /** A language tag in its usual form, as {@code da} or {@code en-GB}. */
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}");

    /** A percent-encoded byte, a control character or a backslash: no key that a person chose for a list has one. */
    private static final Pattern SUSPECT = Pattern.compile("%[0-9A-Fa-f]{2}|[\\p{Cntrl}\\\\]");

    private UploadKeyPattern() {}

    /** Whether a key can't be one that a person chose for an upload. */
    static boolean isSuspect(String key, List<String> parts) {
        return SUSPECT.matcher(key).find() || parts.contains("..") || parts.contains(".");
    }

    /** Whether a folder's name is a notice's. */
    static boolean isNotice(String folder) {
        return NoticeId.isId(folder) && !NoticeId.RESERVED.contains(folder);
    }

    /** Whether a folder's name is one for decisions. */
    static boolean isDecision(String folder) {
        return DECISIONS.contains(folder);
    }

    /** Whether a file is a list, by its ending. */
    static boolean isList(String file) {
        var dot = file.lastIndexOf('.');
        return dot > 0 && LIST_ENDINGS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** The locale in a letter's file name; empty when the file is not a letter. */
    static Optional<String> locale(String file) {
        if (!file.endsWith(LETTER_ENDING)) return Optional.empty();
        return Optional.of(file.substring(0, file.length() - LETTER_ENDING.length()))
                .filter(locale -> LOCALE.matcher(locale).matches());
    }
}

package dk.underret.incident;

import java.text.MessageFormat;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reports something wrong or unusual in a list, the facts or a letter. It never holds a value from a list, only its place.
 *
 * @param code the kind of finding
 * @param file the file's name without its folder: the list, {@code incident.json}, {@code da.hbs}
 * @param row for a list, the record as Excel numbers it (header 1; blank lines count, newlines inside quotes don't); for
 *     facts and letters the line, from 1; 0 if there is none
 * @param column for a list the column's name as written there, for facts the JSON path ({@code controller.name}), for a
 *     letter the path or construct; empty if there is none
 * @param arguments the message's arguments {@code {0}}, {@code {1}} …: names, counts, codes, never a value of a row
 */
public record Finding(FindingCode code, String file, long row, String column, List<String> arguments) {
    /** The codes whose first argument is the status of a send record. Its message says the status in words. */
    private static final Set<FindingCode> ABOUT_STATUS = EnumSet.of(FindingCode.NOT_RESENT, FindingCode.NOT_ENDED);

    /** Copies the arguments. */
    public Finding {
        arguments = List.copyOf(arguments);
    }

    /** Creates a finding about a place in a file. */
    public static Finding at(FindingCode code, String file, long row, String column, Object... arguments) {
        return new Finding(
                code,
                file,
                row,
                column,
                java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** Creates a finding about a whole file. */
    public static Finding of(FindingCode code, String file, Object... arguments) {
        return at(code, file, 0, "", arguments);
    }

    /** Returns what this finding stops. */
    public Severity severity() {
        return code.severity();
    }

    /**
     * Returns the message: what is wrong and what to do. A code with several messages ({@code BAD_FACTS}, {@code INCOMPLETE}, {@code
     * BAD_LETTER}) has the kind among its arguments; the bundle has the kind's message under {@code CODE.kind}.
     *
     * @param language the reader's
     */
    public String message(Language language) {
        var bundle = language.bundle("dk.underret.incident.findings");
        var sentence = arguments.stream()
                .map(kind -> kind.startsWith(code.name() + ".") ? kind : code.name() + "." + kind)
                .filter(bundle::containsKey)
                .findFirst()
                .orElse(code.name());
        return new MessageFormat(bundle.getString(sentence), Locale.ROOT).format(shown(language));
    }

    private Object[] shown(Language language) {
        return ABOUT_STATUS.contains(code)
                ? arguments.stream().map(language::status).toArray()
                : arguments.toArray();
    }
}

package dk.underret.incident;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;

/**
 * Something wrong or odd in a list, in the facts or in a letter. It never holds a value from a list: file, row, column and the
 * words of the code say where to look.
 *
 * @param code what it is
 * @param file the file's name without its folder: the list's, {@code incident.json}, {@code da.hbs}
 * @param row for a list, the record as Excel numbers it (header 1; blank lines count, newlines inside quotes don't); for
 *     facts and letters the line, from 1; 0 where no row can be named
 * @param column for a list the column's name as it stands there, for facts the JSON path ({@code controller.name}), for a
 *     letter the path or construct; empty where none can be named
 * @param arguments what fills the sentence's {@code {0}}, {@code {1}} …: names, counts, codes, never a value of a row
 */
public record Finding(FindingCode code, String file, long row, String column, List<String> arguments) {
    /** Copies the arguments. */
    public Finding {
        arguments = List.copyOf(arguments);
    }

    /** A finding that names a place. */
    public static Finding at(FindingCode code, String file, long row, String column, Object... arguments) {
        return new Finding(
                code,
                file,
                row,
                column,
                java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }

    /** A finding about a whole file. */
    public static Finding of(FindingCode code, String file, Object... arguments) {
        return at(code, file, 0, "", arguments);
    }

    /** What this finding stops. */
    public Severity severity() {
        return code.severity();
    }

    /**
     * The sentence that says what is wrong and what to do, in the language of the person who made the file. A code whose
     * sentences differ by kind ({@code BAD_FACTS}, {@code INCOMPLETE}, {@code BAD_LETTER}) has its kind among its arguments, and
     * the kind's sentence stands under {@code CODE.kind}.
     *
     * @param locale Danish or English; any other gets English
     */
    public String message(Locale locale) {
        var bundle = Language.orEnglish(locale).bundle("dk.underret.incident.findings");
        var sentence = arguments.stream()
                .map(kind -> kind.startsWith(code.name() + ".") ? kind : code.name() + "." + kind)
                .filter(bundle::containsKey)
                .findFirst()
                .orElse(code.name());
        return new MessageFormat(bundle.getString(sentence), Locale.ROOT).format(arguments.toArray());
    }
}

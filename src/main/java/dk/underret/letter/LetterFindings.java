package dk.underret.letter;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects the findings of one letter, each once, ordered by line. */
final class LetterFindings {
    private final String file;
    private final Set<Finding> found = new LinkedHashSet<>();

    LetterFindings(String file) {
        this.file = file;
    }

    /**
     * The fault behind {@code BAD_LETTER}. The finding's second argument is {@code BAD_LETTER.<fault>}, the key of the fault's own
     * message.
     */
    enum LetterFault {
        /** The file name is not a BCP 47 tag of a language that the JDK knows. */
        LANGUAGE,
        /** A tag that is not valid Handlebars. */
        SYNTAX,
        /** A block that is not closed. */
        UNCLOSED,
        /** An end tag that belongs to another block. */
        UNMATCHED,
        /** A Handlebars construct that letters may not use. */
        CONSTRUCT,
        /** An unknown helper. */
        HELPER,
        /** A helper with too few, too many or wrong arguments. */
        ARGUMENTS,
        /** A path that starts with neither {@code incident} nor {@code recipient} outside a block that allows it. */
        ROOT,
        /** A path that is in neither the facts nor their schema. */
        UNKNOWN_PATH,
        /** A path that the schema allows and whose value is missing or blank in the facts. */
        NO_VALUE,
        /** A list or an object in place of a single value. */
        NOT_TEXT,
        /** {@code each} or {@code list} of a value that is not a list. */
        NOT_LIST,
        /** {@code with} or {@code period} of a value that is not an object. */
        NOT_OBJECT,
        /** {@code date} or {@code period} of a value that is not a date. */
        NOT_DATE,
        /** A line end in the subject. */
        LINE_END,
        /** An unknown header line, or an unknown word in {@code Covers:}. */
        HEADER,
        /** An image. */
        IMAGE,
        /** A link whose scheme is not https, mailto or tel. */
        LINK,
        /** A Unicode noncharacter. */
        CHARACTER,
        /** A line that is not in the encoding named by the construct. */
        ENCODING,
        /** A letter or a tag that is too long ({@link LetterLimits}). */
        LONG,
        /** Blocks or Markdown elements nested too deeply. */
        DEEP,
        /** Another letter of the notice has the same locale in another case: {@code en-GB.hbs} beside {@code en-gb.hbs}. */
        SAME_LOCALE
    }

    /** Adds a fault. */
    void add(int line, String construct, LetterFault fault) {
        add(Finding.at(
                FindingCode.BAD_LETTER,
                file,
                line,
                construct,
                construct,
                "BAD_LETTER." + fault.name().toLowerCase(Locale.ROOT)));
    }

    /** Adds a finding of another code. */
    void add(FindingCode code, int line, String column, Object... arguments) {
        add(Finding.at(code, file, line, column, arguments));
    }

    /** Adds a finding of another check. */
    void add(Finding finding) {
        found.add(finding);
    }

    /** All findings, by line. */
    List<Finding> all() {
        var sorted = new ArrayList<>(found);
        sorted.sort(java.util.Comparator.comparingLong(Finding::row));
        return sorted;
    }
}

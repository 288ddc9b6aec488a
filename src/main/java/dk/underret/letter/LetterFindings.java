package dk.underret.letter;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was found in one letter, each thing once, in the order of its lines. */
final class LetterFindings {
    private final String file;
    private final Set<Finding> found = new LinkedHashSet<>();

    LetterFindings(String file) {
        this.file = file;
    }

    /**
     * Why a letter is no good: {@code BAD_LETTER}'s second argument is {@code BAD_LETTER.<reason>}, a sentence of its own among the
     * findings' sentences.
     */
    enum LetterFault {
        /** The file's name is not a language tag of a language that is known. */
        LANGUAGE,
        /** Handlebars can't read it; the construct is the column. */
        SYNTAX,
        /** A construct that letters may not have. */
        CONSTRUCT,
        /** A helper that there is none of. */
        HELPER,
        /** A helper with too few, too many or the wrong arguments. */
        ARGUMENTS,
        /** A path that begins with neither {@code incident} nor {@code recipient}, nor stands in the block around it. */
        ROOT,
        /** A path that neither the facts nor their schema have. */
        UNKNOWN_PATH,
        /** A path that the facts don't have now. */
        NO_VALUE,
        /** A list or an object where one value is to be printed. */
        NOT_TEXT,
        /** {@code each} or {@code list} of what is no list. */
        NOT_LIST,
        /** {@code with} or {@code period} of what has no parts. */
        NOT_OBJECT,
        /** {@code date} or {@code period} of what is no date. */
        NOT_DATE,
        /** A line end in the subject. */
        LINE_END,
        /** A header line of another name, or a word that {@code Covers:} doesn't know. */
        HEADER,
        /** An image. */
        IMAGE,
        /** A link that is not https, mailto or tel. */
        LINK,
        /** A character that no text may hold. */
        CHARACTER,
        /** From this line on the file is not in the encoding that the construct names. */
        ENCODING,
        /** A letter or a tag that is too long ({@link LetterLimits}). */
        LONG,
        /** Too much in one another. */
        DEEP
    }

    /** Finds something wrong at a line. */
    void add(int line, String construct, LetterFindings.LetterFault reason) {
        add(Finding.at(
                FindingCode.BAD_LETTER,
                file,
                line,
                construct,
                construct,
                "BAD_LETTER." + reason.name().toLowerCase(Locale.ROOT)));
    }

    /** Finds something of another code. */
    void add(FindingCode code, int line, String column, Object... arguments) {
        add(Finding.at(code, file, line, column, arguments));
    }

    /** Finds what another look found. */
    void add(Finding finding) {
        found.add(finding);
    }

    /** All of it, by line. */
    List<Finding> all() {
        var sorted = new ArrayList<>(found);
        sorted.sort(java.util.Comparator.comparingLong(Finding::row));
        return sorted;
    }
}

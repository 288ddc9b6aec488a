package dk.underret.intake;

import dk.underret.incident.NoticeId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms that an {@link UploadKey} may have. */
final class UploadKeyPattern {
    /** Lists end so, in any case; what spreadsheets and packers save is read as well, to be refused by its content. */
    private static final Set<String> LIST_ENDINGS = Set.of("csv", "xlsx", "xls", "ods", "zip", "gz", "pdf");

    /** Folders of a {@link UploadKey.Decision}. */
    private static final Set<String> DECISIONS = Set.of("resend", "close", "posted");

    /** A language tag in its usual form, as {@code da} or {@code en-GB}. */
    private static final Pattern LOCALE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}");

    /** A percent-encoded byte, a control character or a backslash: no key that a person chose for a list has one. */
    private static final Pattern SUSPECT = Pattern.compile("%[0-9A-Fa-f]{2}|[\\p{Cntrl}\\\\]");

    private UploadKeyPattern() {}

    static UploadKey read(String key) {
        var parts = List.of(key.split("/", -1));
        if (SUSPECT.matcher(key).find() || parts.contains("..") || parts.contains("."))
            return new UploadKey.Bad(incident(parts));
        if (key.endsWith("/")) return new UploadKey.Folder();
        if (parts.contains("")) return new UploadKey.Bad(incident(parts));
        return switch (parts.getFirst()) {
            case "incidents" -> ofIncident(parts);
            case "letters" -> ofLetter(parts);
            default -> new UploadKey.Bad("");
        };
    }

    private static UploadKey ofIncident(List<String> parts) {
        var incident = incident(parts);
        var file = parts.getLast();
        if (incident.isEmpty()) return new UploadKey.Bad("");
        if (parts.size() == 3 && file.equals("incident.json")) return new UploadKey.IncidentFacts(incident);
        if (parts.size() == 3 && isList(file)) return new UploadKey.People(new NoticeId(incident, NoticeId.MAIN), file);
        if (parts.size() < 4 || !isNotice(parts.get(2))) return new UploadKey.Bad(incident);
        var notice = new NoticeId(incident, parts.get(2));
        if (parts.size() == 4 && file.equals("notice.json")) return new UploadKey.NoticeFacts(notice);
        if (parts.size() == 4 && isList(file)) return new UploadKey.People(notice, file);
        if (parts.size() == 5 && DECISIONS.contains(parts.get(3)) && isList(file))
            return new UploadKey.Decision(notice, parts.get(3), file);
        return new UploadKey.Bad(incident);
    }

    private static UploadKey ofLetter(List<String> parts) {
        var file = parts.getLast();
        if (parts.size() != 3 || !NoticeId.isId(parts.get(1)) || !file.endsWith(".hbs")) return new UploadKey.Bad("");
        var locale = file.substring(0, file.length() - ".hbs".length());
        return LOCALE.matcher(locale).matches()
                ? new UploadKey.LetterFile(parts.get(1), locale)
                : new UploadKey.Bad("");
    }

    private static String incident(List<String> parts) {
        var names = parts.size() > 2 && parts.getFirst().equals("incidents") && NoticeId.isId(parts.get(1));
        return names ? parts.get(1) : "";
    }

    private static boolean isNotice(String text) {
        return NoticeId.isId(text) && !NoticeId.RESERVED.contains(text);
    }

    private static boolean isList(String file) {
        var dot = file.lastIndexOf('.');
        return dot > 0 && LIST_ENDINGS.contains(file.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}

package dk.underret.intake;

import dk.underret.incident.Language;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ResourceBundle;

/** Holds the texts of a preview and of the check of a letter, in one language. */
final class PreviewMessages {
    private static final ZoneId DENMARK = ZoneId.of("Europe/Copenhagen");

    private final Language language;
    private final ResourceBundle bundle;

    /** Creates the texts in a language. */
    PreviewMessages(Language language) {
        this.language = language;
        bundle = language.bundle("dk.underret.intake.preview");
    }

    /** Returns the language of the texts. */
    Language language() {
        return language;
    }

    /** Returns the text of a key, with its arguments filled in. */
    String of(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), language.locale()).format(arguments);
    }

    /** Returns the text of a key, or another text if there is no such key. */
    String or(String key, String other) {
        return bundle.containsKey(key) ? of(key) : other;
    }

    /** Returns the name of a language, in the language of the texts. */
    String language(String tag) {
        return language.nameOf(tag);
    }

    /** Returns a count with the language's separators. */
    String count(long count) {
        return String.format(language.locale(), "%,d", count);
    }

    /** Returns a time in Denmark's time zone. */
    String time(Instant instant) {
        var pattern =
                DateTimeFormatter.ofPattern(of("pattern"), language.locale()).withZone(DENMARK);
        return of("zone", pattern.format(instant));
    }
}

package dk.underret.intake;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of a preview, in Danish or English. */
final class PreviewMessages {
    private static final ZoneId DENMARK = ZoneId.of("Europe/Copenhagen");

    private final Locale locale;
    private final ResourceBundle bundle;

    /** In this language; English where it is another than Danish. */
    PreviewMessages(Locale wanted) {
        locale = wanted.getLanguage().equals("da") ? Locale.of("da") : Locale.ENGLISH;
        bundle = ResourceBundle.getBundle(
                "dk.underret.intake.preview",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The language they are in. */
    Locale locale() {
        return locale;
    }

    /** The sentence of a key, as plain text. */
    String of(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    /** The same, or another text where there is no such key. */
    String or(String key, String other) {
        return bundle.containsKey(key) ? of(key) : other;
    }

    /** A language's own name in this one, or its tag. */
    String language(String tag) {
        return or("language." + tag, tag);
    }

    /** A count, with the language's own separators. */
    String count(long count) {
        return String.format(locale, "%,d", count);
    }

    /** A time, as a clock in Denmark shows it. */
    String time(Instant instant) {
        var pattern = DateTimeFormatter.ofPattern(of("pattern"), locale).withZone(DENMARK);
        return of("zone", pattern.format(instant));
    }
}

package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.Incident;
import dk.underret.intake.Samples.Sample;
import dk.underret.letter.Letter;
import dk.underret.run.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a draft would send.
 *
 * @param incident its facts
 * @param file the list's name
 * @param rows people on the list
 * @param findings all that was found
 * @param forecast when it would be gone
 * @param samples the rows that were picked, and the counts of all
 * @param letters the letters of those rows, in their order
 * @param texts to the public
 */
record Preview(
        Incident incident,
        String file,
        long rows,
        Findings findings,
        Forecast forecast,
        Samples samples,
        List<Shown> letters,
        List<Public> texts) {
    private static final List<String> TO_THE_PUBLIC = List.of("website-notice", "phone-script");

    /** Renders the letters that are shown. */
    static Preview of(
            Incident incident,
            String file,
            long rows,
            Findings findings,
            Forecast forecast,
            Samples samples,
            NoticeLetters letters) {
        var shown = samples.chosen().stream()
                .map(sample -> new Shown(sample, letters.render(sample.locale(), sample.person())))
                .toList();
        return new Preview(incident, file, rows, findings, forecast, samples, shown, texts(incident, samples, letters));
    }

    private static List<Public> texts(Incident incident, Samples samples, NoticeLetters letters) {
        var locales = new TreeSet<>(samples.letters().keySet());
        locales.add(incident.language());
        var texts = new ArrayList<Public>();
        for (var name : TO_THE_PUBLIC)
            for (var locale : locales)
                letters.toThePublic(name, locale).ifPresent(text -> texts.add(new Public(name, text)));
        return texts;
    }

    /** The whole page. */
    String html() {
        return new PreviewPage(this, new PreviewMessages(Locale.forLanguageTag(incident.language()))).html();
    }

    /**
     * A row and its letter.
     *
     * @param letter empty where a value that it prints is missing
     */
    record Shown(Sample sample, Optional<Letter> letter) {}

    /** A text to the public. */
    record Public(String name, Letter text) {}
}

package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.Incident;
import dk.underret.intake.PublicTexts.PublicText;
import dk.underret.intake.Samples.Sample;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSet;
import dk.underret.run.Forecast;
import java.util.List;
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
        List<PublicText> texts) {
    /** Renders the letters that are shown. */
    static Preview of(
            Incident incident,
            String file,
            long rows,
            Findings findings,
            Forecast forecast,
            Samples samples,
            LetterSet letters,
            PublicTexts texts) {
        var shown = samples.chosen().stream()
                .map(sample -> new Shown(sample, letters.render(sample.locale(), sample.person())))
                .toList();
        var locales = new TreeSet<>(samples.letters().keySet());
        locales.add(incident.language());
        return new Preview(incident, file, rows, findings, forecast, samples, shown, texts.render(locales));
    }

    /**
     * A row and its letter.
     *
     * @param letter empty where a value that it prints is missing
     */
    record Shown(Sample sample, Optional<Letter> letter) {}
}

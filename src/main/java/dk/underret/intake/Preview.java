package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.Incident;
import dk.underret.intake.PublicTexts.PublicText;
import dk.underret.intake.Samples.Sample;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSet;
import dk.underret.run.Forecast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The preview of a draft: what it would send, to how many, and when.
 *
 * @param incident the facts
 * @param file the list's name
 * @param rows the number of people on the list
 * @param findings everything that was found
 * @param forecast when the last letter would be sent
 * @param samples the rows that were picked, and the counts of all rows
 * @param letters the letters of the picked rows, in the list's order
 * @param texts the texts to the public
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
    /** Renders the letters of the picked rows and the texts to the public. */
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
        return new Preview(
                incident,
                file,
                rows,
                findings,
                forecast,
                samples,
                shown,
                texts.render(locales, subjects(shown, letters)));
    }

    private static Map<String, String> subjects(List<Shown> shown, LetterSet letters) {
        var subjects = new HashMap<String, String>();
        shown.stream()
                .flatMap(each -> each.letter().stream())
                .filter(letter -> letters.hasSharedSubject(letter.locale()))
                .forEach(letter -> subjects.putIfAbsent(letter.locale(), letter.subject()));
        return subjects;
    }

    /**
     * A row and its letter.
     *
     * @param letter empty when a value that the letter prints is missing
     */
    record Shown(Sample sample, Optional<Letter> letter) {}
}

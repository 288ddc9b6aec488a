package dk.underret.intake;

import dk.underret.incident.FindingsException;
import dk.underret.incident.Incident;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterTemplate;
import dk.underret.letter.Letters;
import dk.underret.letter.MissingValueException;
import dk.underret.recipient.Recipient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Texts to the public that are made of a notice's facts: for the website and for those who answer the phone. */
record PublicTexts(Incident incident, Letters letters) {
    /** The fact by which the phone script prints the letter's subject. */
    private static final String LETTER_SUBJECT = "letter_subject";

    private static final List<String> NAMES = List.of("website-notice", "phone-script");

    /**
     * Renders each text in each locale; leaves out a text without a source, and one whose facts are missing.
     *
     * @param subjects the subject of the letter, by locale, if it is the same for everybody: those who answer the phone compare it
     */
    List<PublicText> render(Set<String> locales, Map<String, String> subjects) {
        var texts = new ArrayList<PublicText>();
        for (var name : NAMES)
            for (var locale : locales)
                render(name, locale, facts(Optional.ofNullable(subjects.get(locale))))
                        .ifPresent(text -> texts.add(new PublicText(name, text)));
        return texts;
    }

    private Map<String, Object> facts(Optional<String> subject) {
        var facts = new LinkedHashMap<>(incident.facts());
        facts.remove(LETTER_SUBJECT);
        subject.ifPresent(text -> facts.put(LETTER_SUBJECT, text));
        return facts;
    }

    private Optional<Letter> render(String name, String locale, Map<String, Object> facts) {
        var source = letters.newest(name, locale);
        if (source.isEmpty()) return Optional.empty();
        try {
            var template = LetterTemplate.compile(source.get());
            return Optional.of(template.prepare(facts).render(new Recipient(0, Map.of())));
        } catch (FindingsException | MissingValueException e) {
            return Optional.empty();
        }
    }

    /**
     * A rendered text.
     *
     * @param name {@code website-notice} or {@code phone-script}
     */
    record PublicText(String name, Letter text) {}
}

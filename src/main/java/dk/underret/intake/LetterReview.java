package dk.underret.intake;

import static dk.underret.incident.FindingCode.FOREIGN_LINK;
import static dk.underret.incident.FindingCode.LETTER_CLIPPED;
import static dk.underret.incident.FindingCode.VAGUE_SUBJECT;

import dk.underret.incident.Article34;
import dk.underret.incident.FactsCheck;
import dk.underret.incident.Finding;
import dk.underret.incident.Incident;
import dk.underret.letter.Letter;
import dk.underret.letter.LetterSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reviews rendered letters: warns of one that is too long, has a vague subject, or links to somebody else's site. */
record LetterReview(Incident incident, LetterSet letters, Instant now) {
    /** The size from which Gmail clips a message's HTML: 102 KB. */
    private static final int CLIPPED_FROM = 102 * 1024;

    private static final Pattern LINK = Pattern.compile("href=\"((?i:https)://[^\"]*)\"");

    /** Reviews the first letter in each locale. */
    List<Finding> findings(Samples samples) {
        return samples.chosen().stream()
                .filter(sample -> sample.why().contains(Samples.Why.LOCALE))
                .flatMap(sample -> letters.render(sample.locale(), sample.person()).stream())
                .flatMap(this::findings)
                .toList();
    }

    /** Leaves out the facts' own links and title: the check of the facts reports those. */
    private Stream<Finding> findings(Letter letter) {
        var file = letter.locale() + ".hbs";
        var findings = new LinkedHashSet<Finding>();
        var bytes = letter.html().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > CLIPPED_FROM) findings.add(Finding.of(LETTER_CLIPPED, file, bytes / 1024));
        if (Article34.vague(letter.subject())
                && !incident.title().filter(letter.subject()::equals).isPresent())
            findings.add(Finding.of(VAGUE_SUBJECT, file));
        var reported = FactsCheck.findings(incident, now).stream()
                .filter(finding -> finding.code() == FOREIGN_LINK)
                .flatMap(finding -> finding.arguments().stream())
                .toList();
        for (var link = LINK.matcher(letter.html()); link.find(); )
            Article34.foreign(incident, link.group(1))
                    .filter(domain -> !reported.contains(domain))
                    .ifPresent(domain -> findings.add(Finding.of(FOREIGN_LINK, file, domain)));
        return findings.stream();
    }
}

package dk.underret.incident;

import static dk.underret.incident.FindingCode.ADVICE_NEEDED;
import static dk.underret.incident.FindingCode.AUTHORITY_LATE;
import static dk.underret.incident.FindingCode.FOREIGN_LINK;
import static dk.underret.incident.FindingCode.INCOMPLETE;
import static dk.underret.incident.FindingCode.NOT_ABOUT_BREACH;
import static dk.underret.incident.FindingCode.NO_AUTHORITY;
import static dk.underret.incident.FindingCode.NO_CONTACT;
import static dk.underret.incident.FindingCode.NO_DATES;
import static dk.underret.incident.FindingCode.NO_PHONE;
import static dk.underret.incident.FindingCode.NO_RECOMMENDATIONS;
import static dk.underret.incident.FindingCode.NO_VERIFY_PAGE;
import static dk.underret.incident.FindingCode.SENDER_IS_BREACHED;
import static dk.underret.incident.FindingCode.VAGUE_SUBJECT;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks that facts hold the content that Art. 34(2) and 33(3)(b)-(d) GDPR require of a letter: the nature of the breach, the data,
 * likely consequences, measures, the controller and a contact point. Package {@code letter} checks that a letter prints it ({@code
 * NOT_IN_LETTER}).
 */
public final class Article34 {
    /** The time limit for notifying the authority, in hours, Art. 33(1). */
    private static final long AUTHORITY_HOURS = 72;

    /** Domains of public authorities and their advice, to which any letter may link. */
    private static final List<String> PUBLIC_ADVICE = List.of(
            "sikkerdigital.dk",
            "datatilsynet.dk",
            "borger.dk",
            "politi.dk",
            "samsik.dk",
            "imy.se",
            "datatilsynet.no",
            "tietosuoja.fi",
            "europa.eu");

    private static final Pattern ABOUT_BREACH =
            Pattern.compile(Language.breachWords(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** The letters and digits that the shortest sentence with any content has. */
    private static final int SENTENCE = 8;

    /** Those of the shortest name or kind of data. */
    private static final int WORD = 2;

    /** Matches kinds of data whose loss always calls for advice. */
    private static final Pattern NEEDS_ADVICE =
            Pattern.compile(Language.adviceWords(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final Incident incident;
    private final List<Finding> findings = new ArrayList<>();

    private Article34(Incident incident) {
        this.incident = incident;
    }

    static List<Finding> findings(Incident incident) {
        var check = new Article34(incident);
        check.demanded();
        check.contacts();
        check.advisable();
        check.authorities();
        check.links();
        return check.findings;
    }

    /** Returns whether a subject is vague: it mentions neither a breach, nor an attack, nor the reader's data. */
    public static boolean vague(String subject) {
        return !ABOUT_BREACH.matcher(subject).find();
    }

    private void demanded() {
        if (incident.text("summary").filter(text -> says(text, SENTENCE)).isEmpty()) incomplete("summary");
        if (affectedData().noneMatch(kind -> says(kind, WORD))) incomplete("affected_data");
        if (incident.texts("consequences").stream().noneMatch(text -> says(text, SENTENCE))) incomplete("consequences");
        if (texts("measures", "text").noneMatch(text -> says(text, SENTENCE))) incomplete("measures");
        if (incident.text("controller.name").filter(name -> says(name, WORD)).isEmpty()) incomplete("controller.name");
        if (incident.from().isEmpty()) incomplete("sender.from");
    }

    /** Returns whether a text tells something: {@code .}, {@code -}, {@code ?} and {@code ingen} don't. */
    private static boolean says(String text, int leastLetters) {
        // A placeholder is reported as one.
        if (Placeholder.in(text).isPresent()) return true;
        var letters = text.codePoints().filter(Character::isLetterOrDigit).count();
        return letters >= leastLetters
                && !Language.saysNothing(
                        text.replaceAll("[\\p{Punct}\\s]+", " ").strip());
    }

    private void contacts() {
        boolean phone = contact("phone");
        if (!phone && !contact("email")) add(NO_CONTACT, "controller.dpo");
        else if (!phone) add(NO_PHONE, "contacts");
    }

    private boolean contact(String field) {
        return incident.text("controller.dpo." + field).isPresent()
                || incident.text("controller." + field).isPresent()
                || texts("contacts", field).findAny().isPresent();
    }

    private void advisable() {
        advice();
        var dates = Stream.of("occurred.from", "occurred.to", "exposure.from", "exposure.to", "discovered_at");
        if (dates.allMatch(path -> incident.moment(path).isEmpty())) add(NO_DATES, "occurred");
        if (incident.text("verify.website").isEmpty()) add(NO_VERIFY_PAGE, "verify.website");
        if (incident.title().filter(Article34::vague).isPresent()) add(VAGUE_SUBJECT, "title");
        for (int i = 0; i < incident.list("sections").size(); i++) add(NOT_ABOUT_BREACH, "sections[" + i + "]");
    }

    /** A letter may say that there is nothing to do only if the facts say so, and never where such data is affected. */
    private void advice() {
        var nothingToDo = incident.saysNothingToDo();
        if (!nothingToDo && incident.texts("recommendations.items").isEmpty())
            add(NO_RECOMMENDATIONS, "recommendations.items");
        if (nothingToDo)
            affectedData()
                    .filter(Article34::needsAdvice)
                    .findFirst()
                    .ifPresent(kind -> add(ADVICE_NEEDED, "recommendations.none", kind));
    }

    private Stream<String> affectedData() {
        return incident.list("affected_data").stream()
                .flatMap(group -> group instanceof Map<?, ?> map && map.get("items") instanceof List<?> items
                        ? items.stream()
                        : Stream.empty())
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    /**
     * Returns whether a person who lost this kind of data can always do something: it names a CPR number, health data, credentials
     * or payment data.
     */
    private static boolean needsAdvice(String kindOfData) {
        return NEEDS_ADVICE.matcher(kindOfData).find();
    }

    private void authorities() {
        var authorities = incident.list("authorities");
        if (authorities.isEmpty()) add(NO_AUTHORITY, "authorities");
        for (int i = 0; i < authorities.size(); i++) {
            var authority = authorities.get(i);
            var notified = Incident.text(authority, "notified_at").flatMap(Moment::of);
            if (notified.isEmpty() || Incident.text(authority, "reason").isPresent()) continue;
            var path = "authorities[" + i + "].notified_at";
            incident.awareAt()
                    .map(aware -> aware.hoursUntil(notified.get()))
                    .filter(hours -> hours > AUTHORITY_HOURS)
                    .ifPresent(hours -> add(AUTHORITY_LATE, path, hours));
        }
    }

    private void links() {
        var sender = incident.from().map(Article34::domain);
        var breached = Stream.of("processor.website", "processor.email")
                .flatMap(path -> incident.text(path).stream())
                .map(Article34::domain)
                .toList();
        if (sender.filter(domain -> breached.stream().anyMatch(hit -> under(domain, hit)))
                .isPresent()) add(SENDER_IS_BREACHED, "sender.from", sender.orElse(""));

        var links = incident.list("recommendations.links");
        for (int i = 0; i < links.size(); i++) {
            var path = "recommendations.links[" + i + "].url";
            Incident.text(links.get(i), "url")
                    .flatMap(url -> foreign(incident, url))
                    .ifPresent(domain -> add(FOREIGN_LINK, path, domain));
        }
    }

    /** Returns the domain of a link; empty if it belongs to the sender, the controller or a public authority. */
    public static Optional<String> foreign(Incident incident, String url) {
        var own = Stream.of("sender.from", "controller.email", "controller.dpo.email", "verify.website")
                .flatMap(path -> incident.text(path).stream())
                .map(Article34::domain);
        var known = Stream.concat(own, PUBLIC_ADVICE.stream()).toList();
        return Optional.of(domain(url)).filter(at -> known.stream().noneMatch(parent -> under(at, parent)));
    }

    /** Returns the host of an address, a mailbox or a link, without {@code www}. */
    private static String domain(String text) {
        int link = text.indexOf("//");
        var host = link < 0 ? text.substring(text.lastIndexOf('@') + 1) : text.substring(link + 2);
        return host.split("[/:>?#\\s]", 2)[0].toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    }

    private static boolean under(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }

    private Stream<String> texts(String list, String field) {
        return incident.list(list).stream()
                .map(each -> Incident.text(each, field))
                .flatMap(Optional::stream);
    }

    private void incomplete(String field) {
        findings.add(Finding.at(INCOMPLETE, incident.file(field), 0, field, field));
    }

    private void add(FindingCode code, String path, Object... arguments) {
        findings.add(Finding.at(code, incident.file(path), 0, path, arguments));
    }
}

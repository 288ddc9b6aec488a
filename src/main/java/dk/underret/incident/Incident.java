package dk.underret.incident;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The facts of one notice: the incident's with the notice's own over them. The accessors take facts as they come: a field of
 * the wrong type counts as absent, and {@code FactsCheck} reports it.
 *
 * @param notice which notice
 * @param facts plain maps, as a letter sees them under {@code incident}; unmodifiable, without nulls
 * @param own the top-level fields that the notice has of its own: findings about them name {@code notice.json}
 */
public record Incident(NoticeId notice, Map<String, Object> facts, Set<String> own) {
    /** The letter that is sent where the facts name none. */
    public static final String DEFAULT_LETTER = "breach-notice";

    /** The share of permanent bounces that pauses a notice whose facts set no other. */
    public static final double DEFAULT_BOUNCE_LIMIT = 0.04;

    /** How a notice is sent, and who may send it: no letter depends on it, and it may change while a run sends. */
    private static final Set<String> NOT_FROZEN = Set.of(
            "paused",
            "send_after",
            "max_per_hour",
            "bounce_limit",
            "preview_to",
            "status",
            "approved_by",
            "approved_at",
            "$schema");

    /** Copies the facts, in depth. */
    public Incident {
        facts = copy(facts);
        own = Set.copyOf(own);
    }

    /** The facts of a notice: its own, if it has any, merged over the incident's (RFC 7396). */
    public static Incident of(NoticeId notice, Map<String, Object> incident, Optional<Map<String, Object>> own) {
        var over = own.orElse(Map.of());
        return new Incident(notice, FactsMerge.merge(incident, over), over.keySet());
    }

    /** The facts that a notice was frozen with. */
    public static Incident of(FrozenNotice frozen) {
        return new Incident(frozen.notice(), frozen.facts(), Set.of());
    }

    /** These facts with those that letters depend on as they were frozen: only how the notice is sent is of today. */
    public Incident frozenAs(FrozenNotice frozen) {
        var merged = new LinkedHashMap<>(frozen.facts());
        facts.forEach((name, value) -> {
            if (isNotFrozen(name)) merged.put(name, value);
        });
        return new Incident(notice, merged, own);
    }

    /** The facts that letters depend on: without brakes, status and approval. */
    public Map<String, Object> frozenFacts() {
        var frozen = new LinkedHashMap<>(facts);
        frozen.keySet().removeIf(Incident::isNotFrozen);
        return Collections.unmodifiableMap(frozen);
    }

    static boolean isNotFrozen(String name) {
        return NOT_FROZEN.contains(name) || name.startsWith("approved_");
    }

    /** SHA-256 of the {@link #frozenFacts()} in canonical form, lower-case hex. */
    public String sha256() {
        return FactsHash.sha256(frozenFacts());
    }

    /** The language of letters, findings and evidence: {@code da} where the facts don't say. */
    public String language() {
        return text("language").orElse(Language.DANISH.tag());
    }

    /** The letter's name; {@link #DEFAULT_LETTER} where the facts don't say. */
    public String letter() {
        return text("letter").orElse(DEFAULT_LETTER);
    }

    /** Whether a row whose locale has no letter gets the one in the notice's language. */
    public boolean localeFallback() {
        return at("locale_fallback").filter(Boolean.TRUE::equals).isPresent();
    }

    /** Draft unless the facts say, in so many words, that it is approved or closed. */
    public NoticeStatus status() {
        return switch (text("status").orElse("draft")) {
            case "approved" -> NoticeStatus.APPROVED;
            case "closed" -> NoticeStatus.CLOSED;
            default -> NoticeStatus.DRAFT;
        };
    }

    /** What the letter is about, in one line. */
    public Optional<String> title() {
        return text("title");
    }

    /** Whom letters come from: an address, or {@code Name <address>}. */
    public Optional<String> from() {
        return text("sender.from");
    }

    /** Where answers go. */
    public Optional<String> replyTo() {
        return text("sender.reply_to");
    }

    /** How many people are affected, as the facts say. */
    public Optional<Long> affectedCount() {
        return number("affected_count").map(BigDecimal::longValue);
    }

    /** Columns whose numbers look like CPR numbers and are none, lower case. */
    public Set<String> notCpr() {
        return Set.copyOf(texts("not_cpr").stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList());
    }

    /** Whether a person or a breaker stopped it. Anything but an absent field, {@code false} or {@code "false"} stops: in doubt, not sent. */
    public boolean paused() {
        return at("paused")
                .filter(value -> !value.toString().strip().equalsIgnoreCase("false"))
                .isPresent();
    }

    /** Before this time nothing is sent. */
    public Optional<Moment> sendAfter() {
        return moment("send_after");
    }

    /** At most this many letters an hour. */
    public Optional<Integer> maxPerHour() {
        return number("max_per_hour").map(BigDecimal::intValue);
    }

    /** The share of permanent bounces, over 0 to 1, that pauses the notice. */
    public double bounceLimit() {
        return number("bounce_limit").map(BigDecimal::doubleValue).orElse(DEFAULT_BOUNCE_LIMIT);
    }

    /** Own staff who get the preview by mail. */
    public List<String> previewTo() {
        return texts("preview_to");
    }

    /** The earlier notice that must have told a person for this one to go to them. */
    public Optional<String> toldBy() {
        return text("told_by");
    }

    /** The earlier notice that must not have told a person for this one to go to them. */
    public Optional<String> notToldBy() {
        return text("not_told_by");
    }

    /** When the controller became aware of the breach: time to tell is counted from here. */
    public Optional<Moment> awareAt() {
        return moment("aware_at");
    }

    /** The text at a path of object fields ({@code controller.dpo.email}), stripped; empty where it is blank or no text. */
    public Optional<String> text(String path) {
        return at(path).filter(String.class::isInstance)
                .map(value -> ((String) value).strip())
                .filter(text -> !text.isEmpty());
    }

    /** The list at a path of object fields; empty where there is none. */
    List<?> list(String path) {
        return at(path).filter(List.class::isInstance).map(List.class::cast).orElse(List.of());
    }

    /** The texts of the list at a path, blank ones left out. */
    List<String> texts(String path) {
        return list(path).stream()
                .filter(String.class::isInstance)
                .map(value -> ((String) value).strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The moment at a path; empty where there is none, or no valid one. */
    Optional<Moment> moment(String path) {
        return text(path).flatMap(Moment::of);
    }

    /** The file in which a path is, or should be. */
    String file(String path) {
        return own.contains(path.split("[.\\[]", 2)[0]) ? "notice.json" : "incident.json";
    }

    /** What an object of a list has as text in a field. */
    static Optional<String> text(Object object, String field) {
        return object instanceof Map<?, ?> map && map.get(field) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    private Optional<BigDecimal> number(String path) {
        return at(path).filter(Number.class::isInstance).map(value -> new BigDecimal(value.toString()));
    }

    private Optional<Object> at(String path) {
        Object value = facts;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map) || map.get(name) == null) return Optional.empty();
            value = map.get(name);
        }
        return Optional.of(value);
    }

    private static Map<String, Object> copy(Map<?, ?> object) {
        var copy = new LinkedHashMap<String, Object>();
        object.forEach((name, value) -> copy.put((String) name, copied(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copied(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(map);
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(each -> copy.add(copied(each)));
                yield Collections.unmodifiableList(copy);
            }
            default -> value;
        };
    }
}

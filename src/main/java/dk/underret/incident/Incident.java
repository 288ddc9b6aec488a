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
 * Holds the facts of one notice: the incident's, with the notice's own merged over them. The accessors treat a field of the wrong
 * type as absent; {@code FactsCheck} reports it.
 *
 * @param notice the notice's id
 * @param facts plain maps, as a letter sees them under {@code incident}; unmodifiable, without nulls
 * @param own the top-level fields from the notice's own facts, for which findings name {@code notice.json}
 */
public record Incident(NoticeId notice, Map<String, Object> facts, Set<String> own) {
    /** The letter that is sent if the facts name none. */
    public static final String DEFAULT_LETTER = "breach-notice";

    /** The share of permanent bounces that pauses a notice, if the facts set none. */
    public static final double DEFAULT_BOUNCE_LIMIT = 0.04;

    /** Settings of how a notice is sent and who may send it. No letter depends on them, and they may change during a run. */
    private static final Set<String> NOT_FROZEN = Set.of(
            "paused",
            "paused_by",
            "paused_at",
            "send_after",
            "max_per_hour",
            "bounce_limit",
            "preview_to",
            "status",
            "approved_by",
            "approved_at",
            "$schema");

    /** Makes a deep copy of the facts. */
    public Incident {
        facts = copy(facts);
        own = Set.copyOf(own);
    }

    /** Returns the facts of a notice: its own, if there are any, merged over the incident's (RFC 7396). */
    public static Incident of(NoticeId notice, Map<String, Object> incident, Optional<Map<String, Object>> own) {
        var over = own.orElse(Map.of());
        return new Incident(notice, FactsMerge.merge(incident, over), over.keySet());
    }

    /** Returns the facts that a notice was frozen with. */
    public static Incident of(FrozenNotice frozen) {
        return new Incident(frozen.notice(), frozen.facts(), Set.of());
    }

    /** Returns the frozen facts, with the current settings of how the notice is sent. */
    public Incident frozenAs(FrozenNotice frozen) {
        var merged = new LinkedHashMap<>(frozen.facts());
        facts.forEach((name, value) -> {
            if (isNotFrozen(name)) merged.put(name, value);
        });
        return new Incident(notice, merged, own);
    }

    /** Returns the facts that letters depend on: without settings, status and approval. */
    public Map<String, Object> frozenFacts() {
        var frozen = new LinkedHashMap<>(facts);
        frozen.keySet().removeIf(Incident::isNotFrozen);
        return Collections.unmodifiableMap(frozen);
    }

    static boolean isNotFrozen(String name) {
        return NOT_FROZEN.contains(name) || name.startsWith("approved_");
    }

    /** Returns the SHA-256 of the {@link #frozenFacts()} in canonical form, lower-case hex. */
    public String sha256() {
        return FactsHash.sha256(frozenFacts());
    }

    /** Returns the language tag of letters, findings and evidence; {@code da} if the facts name none. */
    public String language() {
        return text("language").orElse(Language.DANISH.tag());
    }

    /** Returns the letter's name; {@link #DEFAULT_LETTER} if the facts name none. */
    public String letter() {
        return text("letter").orElse(DEFAULT_LETTER);
    }

    /** Returns whether a row whose locale has no letter gets the letter in the notice's language. */
    public boolean localeFallback() {
        return at("locale_fallback").filter(Boolean.TRUE::equals).isPresent();
    }

    /** Returns the status; draft unless the facts say {@code approved} or {@code closed}. */
    public NoticeStatus status() {
        return switch (text("status").orElse("draft")) {
            case "approved" -> NoticeStatus.APPROVED;
            case "closed" -> NoticeStatus.CLOSED;
            default -> NoticeStatus.DRAFT;
        };
    }

    /** Returns the title: the letter's topic in one line. */
    public Optional<String> title() {
        return text("title");
    }

    /** Returns the sender of letters: an address, or {@code Name <address>}. */
    public Optional<String> from() {
        return text("sender.from");
    }

    /** Returns the address for replies. */
    public Optional<String> replyTo() {
        return text("sender.reply_to");
    }

    /** Returns the number of affected people that the facts give. */
    public Optional<Long> affectedCount() {
        return number("affected_count").map(BigDecimal::longValue);
    }

    /** Returns the names, in lower case, of columns whose numbers look like CPR numbers but aren't. */
    public Set<String> notCpr() {
        return Set.copyOf(texts("not_cpr").stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList());
    }

    /** Returns whether a person or the circuit breaker paused the notice. Any value but {@code false} and {@code "false"} pauses it. */
    public boolean paused() {
        return at("paused")
                .filter(value -> !value.toString().strip().equalsIgnoreCase("false"))
                .isPresent();
    }

    /** Returns the time before which no letter is sent. */
    public Optional<Moment> sendAfter() {
        return moment("send_after");
    }

    /** Returns the limit of letters per hour. */
    public Optional<Integer> maxPerHour() {
        return number("max_per_hour").map(BigDecimal::intValue);
    }

    /** Returns the share of permanent bounces that pauses the notice, greater than 0, at most 1. */
    public double bounceLimit() {
        return number("bounce_limit").map(BigDecimal::doubleValue).orElse(DEFAULT_BOUNCE_LIMIT);
    }

    /** Returns the addresses of staff who get preview mails. */
    public List<String> previewTo() {
        return texts("preview_to");
    }

    /** Returns the earlier notice whose recipients this notice is limited to. */
    public Optional<String> toldBy() {
        return text("told_by");
    }

    /** Returns the earlier notice whose recipients this notice excludes. */
    public Optional<String> notToldBy() {
        return text("not_told_by");
    }

    /** Returns when the controller became aware of the breach, the start of legal time limits. */
    public Optional<Moment> awareAt() {
        return moment("aware_at");
    }

    /** Returns whether the controller states that there is nothing for the recipients to do ({@code recommendations.none}). */
    public boolean saysNothingToDo() {
        return at("recommendations.none").filter(Boolean.TRUE::equals).isPresent();
    }

    /** Returns the text at a path of object fields ({@code controller.dpo.email}), stripped; empty if it is blank or not a text. */
    public Optional<String> text(String path) {
        return at(path).filter(String.class::isInstance)
                .map(value -> ((String) value).strip())
                .filter(text -> !text.isEmpty());
    }

    /** Returns the list at a path of object fields; an empty list if there is none. */
    List<?> list(String path) {
        return at(path).filter(List.class::isInstance).map(List.class::cast).orElse(List.of());
    }

    /** Returns the texts of the list at a path, without blank ones. */
    List<String> texts(String path) {
        return list(path).stream()
                .filter(String.class::isInstance)
                .map(value -> ((String) value).strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Returns the moment at a path; empty if there is no valid one. */
    Optional<Moment> moment(String path) {
        return text(path).flatMap(Moment::of);
    }

    /** Returns the file that has a path, or should have it. */
    String file(String path) {
        return own.contains(path.split("[.\\[]", 2)[0]) ? "notice.json" : "incident.json";
    }

    /** Returns the text in a field of a list's object. */
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

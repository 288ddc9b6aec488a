package dk.underret.incident;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the facts of a notice: types and forms by the schema, dates, CPR numbers, placeholders, and Art. 34. */
public final class FactsCheck {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Matches a Danish civil registration number (CPR), DDMMYY-NNNN, which must not appear in a letter. */
    private static final Pattern CPR =
            Pattern.compile("(?<!\\d)(0[1-9]|[12]\\d|3[01])(0[1-9]|1[0-2])\\d\\d-\\d{4}(?!\\d)");

    private final Incident incident;
    private final Instant now;

    /** Holds one finding for each field: a second one usually reports the same fault. */
    private final Map<String, Finding> bad = new LinkedHashMap<>();

    private final List<Finding> left = new ArrayList<>();

    private FactsCheck(Incident incident, Instant now) {
        this.incident = incident;
        this.now = now;
    }

    /**
     * Returns all findings. A field that is invalid is not also reported as missing.
     *
     * @param now what happened must have happened before
     */
    public static List<Finding> findings(Incident incident, Instant now) {
        var check = new FactsCheck(incident, now);
        JsonNode facts = MAPPER.valueToTree(incident.facts());
        for (var error : Lazy.SCHEMA.validate(facts)) check.schema(error);
        check.walk("", incident.facts());
        check.periods();
        check.order();
        if (incident.saysNothingToDo()
                && !incident.texts("recommendations.items").isEmpty()) check.bad("recommendations.none", "advice");
        var findings = new ArrayList<>(check.bad.values());
        findings.addAll(check.left);
        for (var finding : Article34.findings(incident))
            if (check.bad.keySet().stream().noneMatch(path -> within(path, finding.column()))) findings.add(finding);
        return List.copyOf(findings);
    }

    private static boolean within(String path, String field) {
        return path.equals(field) || path.startsWith(field + ".") || path.startsWith(field + "[");
    }

    private void schema(Error error) {
        var path = path(error.getInstanceLocation());
        var schemaPath = path.replaceAll("\\[\\d+]", "[]");
        switch (error.getKeyword()) {
            case "type" -> bad(path, "type." + kind(schemaPath));
            case "enum" -> bad(path, "enum", allowed(error.getSchemaNode()));
            case "pattern" -> bad(path, FactsSchema.form(schemaPath));
            case "required" -> bad(path + "." + error.getProperty(), "missing");
            case "minLength" -> bad(path, "empty");
            case "maxItems" -> bad(path, "many", error.getSchemaNode().asText());
            case "maxLength" -> bad(path, "long", error.getSchemaNode().asText());
            default -> bad(path, "range");
        }
    }

    private static String kind(String schemaPath) {
        return FactsSchema.kind(schemaPath)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .orElse("text");
    }

    private static String allowed(JsonNode values) {
        var names = new ArrayList<String>();
        values.forEach(value -> names.add(value.asText()));
        return String.join(", ", names);
    }

    private void walk(String path, Object value) {
        switch (value) {
            case Map<?, ?> object ->
                object.forEach((name, each) -> walk(path.isEmpty() ? (String) name : path + "." + name, each));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) walk(path + "[" + i + "]", list.get(i));
            }
            case String text -> text(path, text);
            default -> {
                // A number or a Boolean holds no text.
            }
        }
    }

    private void text(String path, String text) {
        if (FactsSchema.form(path.replaceAll("\\[\\d+]", "[]")).equals("moment")
                && Moment.of(text).isEmpty()) bad(path, "moment");
        if (CPR.matcher(text).find() && !isNamedInNotCpr(path)) bad(path, "cpr");
        Placeholder.in(text)
                .ifPresent(mark -> left.add(Finding.at(FindingCode.PLACEHOLDER, incident.file(path), 0, path, mark)));
    }

    /** A case number may have the form of a CPR number. {@code not_cpr} then names the field, alone or with its path. */
    private boolean isNamedInNotCpr(String path) {
        var plain = path.replaceAll("\\[\\d+]", "").toLowerCase(Locale.ROOT);
        return incident.notCpr().contains(plain)
                || incident.notCpr().contains(plain.substring(plain.lastIndexOf('.') + 1))
                || incident.notCpr().contains(path.toLowerCase(Locale.ROOT));
    }

    /** Checks that nothing happened in the future, and that discovery, awareness and notification are in this order. */
    private void order() {
        var steps = new ArrayList<>(List.of("discovered_at", "aware_at"));
        for (int i = 0; i < incident.list("authorities").size(); i++) steps.add("authorities[" + i + "].notified_at");
        for (var path : List.of("occurred.from", "occurred.to", "exposure.from", "dissemination.as_of", "approved_at"))
            if (isFuture(incident.moment(path))) bad(path, "future");
        for (var path : steps) if (isFuture(at(path))) bad(path, "future");
        if (isBefore("aware_at", "discovered_at")) bad("aware_at", "order");
        for (var path : steps.subList(2, steps.size())) if (isBefore(path, "aware_at")) bad(path, "order_notified");
    }

    private boolean isFuture(Optional<Moment> moment) {
        return moment.filter(each -> each.earliest().isAfter(now)).isPresent();
    }

    private boolean isBefore(String path, String earlier) {
        var first = at(earlier).filter(each -> !each.earliest().isAfter(now));
        return at(path).filter(each ->
                        first.isPresent() && each.latest().isBefore(first.get().earliest()))
                .isPresent();
    }

    /** Returns the moment at a path, which may be that of an authority. */
    private Optional<Moment> at(String path) {
        if (!path.startsWith("authorities[")) return incident.moment(path);
        var index = Integer.parseInt(path.substring(path.indexOf('[') + 1, path.indexOf(']')));
        return Incident.text(incident.list("authorities").get(index), "notified_at")
                .flatMap(Moment::of);
    }

    private void periods() {
        for (var path : List.of("exposure", "occurred")) {
            var from = incident.moment(path + ".from");
            var to = incident.moment(path + ".to");
            if (from.isPresent()
                    && to.isPresent()
                    && to.get().latest().isBefore(from.get().earliest())) bad(path, "period");
        }
    }

    private void bad(String path, String kind, Object... more) {
        var arguments = new ArrayList<Object>(List.of(kind));
        arguments.addAll(List.of(more));
        bad.putIfAbsent(path, Finding.at(FindingCode.BAD_FACTS, incident.file(path), 0, path, arguments.toArray()));
    }

    private static String path(NodePath location) {
        var path = new StringBuilder();
        for (int i = 0; i < location.getNameCount(); i++) {
            if (location.getElement(i) instanceof Integer index)
                path.append('[').append(index).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(location.getName(i));
        }
        return path.toString();
    }

    /** Builds the schema at the first check: Dispatch never needs it. The library contains the dialect, so nothing is fetched. */
    private static final class Lazy {
        static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("urn:underret:incident.schema.json"), FactsSchema.root());
    }
}

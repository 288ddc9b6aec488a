package dk.underret.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.NoticeId;
import dk.underret.recipient.Recipient;
import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMail.PreviewRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads and writes preview mails as JSON: the notice as it would be frozen, the addresses, and the rows with their letters' locales. */
final class PreviewMailJson {
    /** Keeps every digit of a number, because a letter may print it. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private PreviewMailJson() {}

    static byte[] write(PreviewMail previewMail) {
        var notice = previewMail.notice();
        var json = new LinkedHashMap<String, Object>();
        json.put("incident", notice.notice().incident());
        json.put("notice", notice.notice().notice());
        json.put("facts", notice.facts());
        json.put("facts_sha256", notice.factsSha256());
        json.put(
                "letters",
                notice.letters().stream()
                        .map(letter -> Map.of(
                                "name", letter.name(),
                                "locale", letter.locale(),
                                "version", letter.version(),
                                "sha256", letter.sha256()))
                        .toList());
        json.put("identity", notice.identity());
        json.put("spread", notice.spread());
        json.put("at", notice.at().toString());
        json.put("to", previewMail.to());
        json.put(
                "people",
                previewMail.people().stream()
                        .map(row -> Map.of(
                                "row", row.person().row(),
                                "locale", row.locale(),
                                "values", row.person().values()))
                        .toList());
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw unreadable(previewMail.run(), e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException when the JSON is not readable; the message contains only the run
     */
    static PreviewMail read(String run, byte[] bytes) {
        try {
            var json = JSON.readTree(bytes);
            var notice = new FrozenNotice(
                    new NoticeId(
                            json.path("incident").asText(), json.path("notice").asText()),
                    object(json.path("facts")),
                    json.path("facts_sha256").asText(),
                    list(json.path("letters"), PreviewMailJson::letter),
                    list(json.path("identity"), JsonNode::asText),
                    json.path("spread").asInt(),
                    Instant.parse(json.path("at").asText()),
                    run);
            return new PreviewMail(
                    run,
                    notice,
                    list(json.path("to"), JsonNode::asText),
                    list(json.path("people"), PreviewMailJson::person));
        } catch (IOException e) {
            throw unreadable(run, e);
        }
    }

    private static FrozenLetter letter(JsonNode json) {
        return new FrozenLetter(
                json.path("name").asText(),
                json.path("locale").asText(),
                json.path("version").asText(),
                json.path("sha256").asText());
    }

    private static PreviewRow person(JsonNode json) {
        var values = new LinkedHashMap<String, String>();
        json.path("values")
                .properties()
                .forEach(field -> values.put(field.getKey(), field.getValue().asText()));
        return new PreviewRow(
                new Recipient(json.path("row").asLong(), values),
                json.path("locale").asText());
    }

    private static <T> List<T> list(JsonNode json, Function<JsonNode, T> each) {
        var list = new ArrayList<T>();
        json.forEach(node -> list.add(each.apply(node)));
        return list;
    }

    private static Map<String, Object> object(JsonNode json) {
        var object = new LinkedHashMap<String, Object>();
        json.properties().forEach(field -> object.put(field.getKey(), plain(field.getValue())));
        return object;
    }

    /** Converts a value to the shape that facts have; frozen facts have no null. */
    private static Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> object(json);
            case ARRAY -> list(json, PreviewMailJson::plain);
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.decimalValue();
            default -> json.asText();
        };
    }

    /** Does not chain the cause: Jackson's message may quote a row. */
    private static IllegalStateException unreadable(String run, IOException e) {
        return new IllegalStateException("the preview mails of run " + run + " are not readable ("
                + e.getClass().getSimpleName() + ")");
    }
}

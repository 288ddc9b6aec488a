package dk.underret.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.run.PreviewMailMessage;
import dk.underret.run.WorkMessage;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Parses the body of a queue message: {@code {"run":"…","chunk":0,"next_row":0,"idle_hops":0}} for a chunk,
 * {@code {"trial":"…","letter":0}} for a preview mail. Chunks, rows and letters count from 0.
 */
final class WorkMessageJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern RUN = Pattern.compile("[0-9a-f]{32}");

    private WorkMessageJson() {}

    /** Parses a chunk's message; empty if the body has another form. */
    static Optional<WorkMessage> read(String body) {
        try {
            var json = JSON.readTree(body);
            var run = json.path("run").asText();
            var chunk = number(json, "chunk");
            var nextRow = number(json, "next_row");
            var idleHops = number(json, "idle_hops");
            if (!RUN.matcher(run).matches() || chunk.isEmpty() || nextRow.isEmpty() || idleHops.isEmpty())
                return Optional.empty();
            return Optional.of(new WorkMessage(run, chunk.getAsInt(), nextRow.getAsInt(), idleHops.getAsInt()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Parses a preview mail's message; empty if the body has another form. */
    static Optional<PreviewMailMessage> previewMail(String body) {
        try {
            var json = JSON.readTree(body);
            var run = json.path("trial").asText();
            var letter = number(json, "letter");
            return RUN.matcher(run).matches() && letter.isPresent()
                    ? Optional.of(new PreviewMailMessage(run, letter.getAsInt()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static OptionalInt number(JsonNode json, String name) {
        var value = json.path(name);
        var fits = value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
        return fits ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }
}

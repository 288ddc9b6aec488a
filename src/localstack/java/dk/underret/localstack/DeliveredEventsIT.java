package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Compares the events that LocalStack delivered to the functions with the recorded ones in {@code events/}, which the handlers' tests
 * read. Known differences are listed in {@code src/test/events/shapes.txt} with their reasons.
 */
@Tag("localstack")
@ExtendWith(Deployment.class)
class DeliveredEventsIT {
    private final Operator operator;

    DeliveredEventsIT(Operator operator) {
        this.operator = operator;
    }

    @Test
    void have_the_shapes_of_the_recorded_ones() {
        operator.describe("former", "komit");
        operator.send("incidents/former/list.csv", Operator.people(1, 1, "former.example"));
        operator.awaitStatus("former", operator.records("former").getFirst().get("recipient"), "DELIVERED");

        compare(List.of(
                "s3-put.json",
                delivered("IntakeFunction", "Put", record -> true),
                "sqs-chunk.json",
                delivered("DispatchFunction", "chunk", record -> true),
                "sns-ses-send.json",
                delivered("FeedbackFunction", "Send", record -> reports(record, "Send")),
                "sns-ses-delivery.json",
                delivered("FeedbackFunction", "Delivery", record -> reports(record, "Delivery"))));
    }

    private void compare(List<String> pairs) {
        var command = new ArrayList<>(List.of(
                operator.stack().localStack().home().resolve("venv/bin/python").toString(),
                "src/test/events/shapes.py",
                "localstack"));
        command.addAll(pairs);
        var compared = Shell.run(command, Map.of());
        assertThat(compared.status()).as(compared.out() + compared.errors()).isZero();
    }

    /** Writes the first matching record of a function's events to a file, as an event with one record. */
    private String delivered(String function, String kind, Predicate<JsonNode> fits) {
        var name = operator.stack().resources().get(function);
        var recorded = operator.stack().localStack().home().resolve("logs/" + name + ".events");
        try (var lines = Files.lines(recorded)) {
            var record = lines.map(LocalStack::json)
                    .flatMap(event -> StreamSupport.stream(event.path("Records").spliterator(), false))
                    .filter(fits)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(function + " received no " + kind));
            var file = Path.of("target", "delivered-" + function + "-" + kind + ".json");
            return Files.writeString(file, "{\"Records\":[" + record + "]}").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a message contains an SES event of a type. SES's test notification is not JSON. */
    private static boolean reports(JsonNode record, String type) {
        var message =
                LocalStack.json(record.path("body").asText()).path("Message").asText();
        return message.startsWith("{")
                && type.equals(LocalStack.json(message).path("eventType").asText());
    }
}

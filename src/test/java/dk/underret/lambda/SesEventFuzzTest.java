package dk.underret.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.feedback.Feedback;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.ReadingCosts;
import dk.underret.testing.Seeds;
import dk.underret.testing.SendRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes any text as a message of the feedback queue, and as the event inside SNS's envelope. */
class SesEventFuzzTest {
    private static final Instant CLAIMED = Instant.parse("2026-03-02T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(CLAIMED, ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECIPIENT = "c14f0dd8338de4cd1563ef037283e638025d2405b131e5a452a69602853b11a5";

    /** The record of the dispatch that the documented events report on. */
    private static final SendRecord SENDING = SendRecords.of(
            new SendKey(new NoticeId("komit", "main"), RECIPIENT),
            SendStatus.SENDING,
            1,
            "pB9wK3xQ7TmZ1aYc_-0dRg",
            new Origin("0".repeat(32), 2),
            SendRecords.letter(),
            Optional.empty(),
            Optional.empty(),
            Map.of(SendStatus.SENDING, CLAIMED));

    /** Returns the events that SES documents, without their envelopes. */
    static Stream<byte[]> events() {
        return Seeds.in("events", ".json")
                .map(SesEventFuzzTest::message)
                .filter(message -> !message.isEmpty())
                .map(message -> message.getBytes(UTF_8));
    }

    private static String message(byte[] delivered) {
        try {
            var body = JSON.readTree(delivered).at("/Records/0/body").asText("{}");
            return JSON.readTree(body).path("Message").asText("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("events")
    @FuzzTest
    void is_taken_in_or_set_aside(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        ReadingCosts.within(() -> taken(text));
        var envelope = JSON.createObjectNode().put("Message", text);
        ReadingCosts.within(() -> taken(envelope.toString()));
    }

    /** Returns the record after the message. */
    private static SendRecord taken(String body) {
        var ledger = new FakeLedger();
        ledger.put(SENDING);
        var written = new ByteArrayOutputStream();
        var message = new SQSMessage();
        message.setMessageId("m-1");
        message.setBody(body);
        var event = new SQSEvent();
        event.setRecords(List.of(message));
        var log = new Log(new PrintStream(written, true, UTF_8), CLOCK);

        var answer = new FeedbackHandler(new Feedback(ledger), log).handleRequest(event, null);
        assertThat(answer.getBatchItemFailures()).isEmpty();
        assertThat(written.toString(UTF_8))
                .doesNotContain("feedback_failed")
                .containsPattern("\"event\":\"feedback\",.*\"(applied|known|set_aside)\":1");
        var record = ledger.records().get(SENDING.key());
        assertThat(record.newest().code().orElse("None")).matches("[A-Za-z.-]{1,60}");
        return record;
    }
}

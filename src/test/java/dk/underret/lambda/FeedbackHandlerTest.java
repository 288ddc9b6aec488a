package dk.underret.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.feedback.Feedback;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Claim;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.SendRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackHandlerTest {
    private static final SendKey KEY = new SendKey(
            new NoticeId("komit", "main"), "c14f0dd8338de4cd1563ef037283e638025d2405b131e5a452a69602853b11a5");

    private final FakeLedger ledger = new FakeLedger();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void an_accepted_letter() {
        ledger.put(SendRecords.of(
                KEY,
                SendStatus.ACCEPTED,
                1,
                "pB9wK3xQ7TmZ1aYc_-0dRg",
                new Origin("0".repeat(32), 2),
                Optional.empty(),
                Optional.of("0102019ab7c191be-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000"),
                Optional.empty(),
                Map.of(SendStatus.ACCEPTED, Instant.parse("2025-08-14T08:20:40.012Z"))));
    }

    private FeedbackHandler handler(Ledger over) {
        var clock = Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC);
        return new FeedbackHandler(new Feedback(over), new Log(new PrintStream(out, true, UTF_8), clock));
    }

    private SQSBatchResponse take(SQSEvent event) {
        return handler(ledger).handleRequest(event, null);
    }

    private static SQSEvent event(String file) throws IOException {
        var messages = new ArrayList<SQSMessage>();
        try (var json = Objects.requireNonNull(FeedbackHandlerTest.class.getResourceAsStream("/events/" + file))) {
            for (var record : new ObjectMapper().readTree(json).path("Records"))
                messages.add(message(
                        record.path("messageId").asText(), record.path("body").asText()));
        }
        return event(messages);
    }

    private static SQSEvent event(List<SQSMessage> messages) {
        var event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    private static SQSMessage message(String id, String body) {
        var message = new SQSMessage();
        message.setMessageId(id);
        message.setBody(body);
        return message;
    }

    @ParameterizedTest
    @CsvSource({
        "send, ACCEPTED",
        "delivery, DELIVERED",
        "delivery-delay, ACCEPTED",
        "bounce, BOUNCED",
        "bounce-transient, BOUNCED",
        "bounce-suppressed, SUPPRESSED",
        "complaint, COMPLAINED",
        "reject, REJECTED",
        "rendering-failure, REJECTED",
        "subscription, ACCEPTED"
    })
    void each_event_as_ses_documents_it_is_taken_in(String file, SendStatus status) throws IOException {
        assertThat(take(event("sns-ses-" + file + ".json")).getBatchItemFailures())
                .isEmpty();
        assertThat(ledger.records().get(KEY).status()).isEqualTo(status);
        assertThat(out.toString(UTF_8)).doesNotContain("@", "soren", "Elverhøj", "diagnosticCode");
    }

    @Test
    void what_is_set_aside_is_done_with_and_logged_by_its_code() throws IOException {
        assertThat(take(event("sns-ses-subscription.json")).getBatchItemFailures())
                .isEmpty();
        assertThat(out.toString(UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("\"event\":\"feedback_set_aside\"")
                                .contains("\"message\":\"2e1424d4-f796-459a-8184-9c92662be6da\"")
                                .contains("\"code\":\"OTHER_TYPE\""),
                        line -> assertThat(line).contains("\"event\":\"feedback\",\"set_aside\":1"));
    }

    @Test
    void what_is_no_event_does_not_hold_up_its_neighbours() throws IOException {
        var messages = new ArrayList<>(List.of(message("m-1", "no json")));
        messages.addAll(event("sns-ses-delivery.json").getRecords());
        assertThat(take(event(messages)).getBatchItemFailures()).isEmpty();
        assertThat(ledger.records().get(KEY).status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void an_event_that_fails_is_delivered_again_and_its_neighbours_are_not() throws IOException {
        var messages = new ArrayList<>(event("sns-ses-delivery.json").getRecords());
        messages.add(message("m-2", "no json"));
        var response = handler(new Unavailable()).handleRequest(event(messages), null);
        assertThat(response.getBatchItemFailures())
                .containsExactly(new BatchItemFailure("2e1424d4-f796-459a-8184-9c92662be6da"));
        assertThat(out.toString(UTF_8))
                .contains("\"event\":\"feedback_failed\"", "\"fault\":\"IllegalStateException\"")
                .doesNotContain("table is away");
    }

    /** A ledger whose table is not available. */
    private static final class Unavailable implements Ledger {
        private static IllegalStateException away() {
            return new IllegalStateException("the table is away");
        }

        @Override
        public Claim claim(SendRecord fresh, Optional<SendRecord> seen) {
            throw away();
        }

        @Override
        public void invalid(SendRecord record) {
            throw away();
        }

        @Override
        public Optional<SendStatus> settle(
                SendKey key,
                String token,
                Trigger cause,
                Instant at,
                Optional<String> messageId,
                Optional<String> code) {
            throw away();
        }

        @Override
        public FeedbackResult feedback(SendKey key, String token, FeedbackEvent event) {
            throw away();
        }

        @Override
        public Claim resend(SendRecord fresh, SendRecord seen) {
            throw away();
        }

        @Override
        public SendRecord end(SendRecord seen, Trigger cause, dk.underret.ledger.Decision decision, Instant at) {
            throw away();
        }

        @Override
        public dk.underret.ledger.Tally tally(NoticeId notice, String runId) {
            throw away();
        }

        @Override
        public java.util.List<SendRecord> problems(NoticeId notice, SendStatus status, Instant before, int most) {
            throw away();
        }

        @Override
        public boolean held(SendKey key, String token, Instant at) {
            throw away();
        }

        @Override
        public Map<SendKey, SendRecord> read(java.util.Collection<SendKey> keys) {
            throw away();
        }
    }
}

package dk.underret.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dk.underret.dispatch.DispatchLimits;
import dk.underret.dispatch.DispatchPorts;
import dk.underret.dispatch.Dispatcher;
import dk.underret.dispatch.PreviewMailPorts;
import dk.underret.dispatch.PreviewMailSender;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Hold;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.Tally;
import dk.underret.recipient.Recipient;
import dk.underret.run.ChunkRecord;
import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMail.PreviewRow;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.Runs;
import dk.underret.run.WorkMessage;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeChunks;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLetters;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakePreviewMails;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.FakeWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatchHandlerTest {
    private static final String RUN = "0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c1e";
    private static final String MESSAGE = "059f36b4-87a3-44ab-83d2-661975830a7d";
    private static final String RECEIPT = "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a==";
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final FakeRuns runs = new FakeRuns();
    private final FakeIncidents incidents = new FakeIncidents();
    private final FakeLetters letters = new FakeLetters();
    private final FakeMailer mailer = new FakeMailer();
    private final FakePreviewMails trials = new FakePreviewMails();
    private Runs seen = runs;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<String> soon = new ArrayList<>();
    private Consumer<String> comesSoon = soon::add;

    /** Returns the ids of the messages that the handler reports as batch item failures. */
    private List<String> failures(String event) {
        var accounts = new FakeAccounts();
        var ports = new DispatchPorts(
                incidents, letters, seen, new FakeChunks(), new FakeLedger(), new FakeWork(), mailer, accounts);
        var dispatcher = new Dispatcher(ports, new DispatchLimits(1, Duration.ofMinutes(15)), new FakeTimeSource());
        var log = new Log(new PrintStream(written, true, UTF_8), Clock.fixed(NOW, ZoneOffset.UTC));
        var read = LambdaEventSerializers.serializerFor(SQSEvent.class, DispatchHandlerTest.class.getClassLoader())
                .fromJson(event);
        var context = (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> 60_000);
        var sender = new PreviewMailSender(
                new PreviewMailPorts(incidents, letters, trials, mailer, accounts), 1, new FakeTimeSource());
        return new DispatchHandler(dispatcher, sender, receipt -> comesSoon.accept(receipt), log)
                .handleRequest(read, context).getBatchItemFailures().stream()
                        .map(BatchItemFailure::getItemIdentifier)
                        .toList();
    }

    private static String recorded() {
        try (var in = DispatchHandlerTest.class.getResourceAsStream("/events/sqs-chunk.json")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void planned(Optional<Instant> settledAt) {
        runs.create(new Run(
                RUN,
                "komit",
                "main",
                RunStatus.SENDING,
                new Run.ListVersion("uploads", "incidents/komit/list.csv", "v1", "hash", "AIDA"),
                "facts",
                List.of(),
                1,
                1,
                2,
                Tally.NONE,
                Map.of(),
                NOW,
                Optional.empty()));
        runs.createChunks(
                List.of(new ChunkRecord(RUN, 0, 2, 2, "hash", Tally.NONE.plus(RowOutcome.ACCEPTED, 2), settledAt)));
    }

    @Test
    void takes_the_recorded_message_for_the_chunk_that_it_names() {
        assertThat(WorkMessageJson.read("{\"run\":\"" + RUN + "\",\"chunk\":3,\"next_row\":40,\"idle_hops\":2}"))
                .contains(new WorkMessage(RUN, 3, 40, 2));
        planned(Optional.of(NOW));

        assertThat(failures(recorded())).isEmpty();
        assertThat(written.toString(UTF_8))
                .isEqualTo("{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"chunk_settled_before\",\"run\":\"" + RUN
                        + "\",\"chunk\":0}\n");
    }

    @Test
    void reports_a_message_whose_run_is_not_there() {
        assertThat(failures(recorded())).containsExactly(MESSAGE);
        assertThat(written.toString(UTF_8))
                .isEqualTo("{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"chunk_failed\",\"run\":\"" + RUN
                        + "\",\"chunk\":0,\"code\":\"RUN_GONE\"}\n");
    }

    @Test
    void reports_a_message_whose_chunk_is_gone() {
        planned(Optional.empty());

        assertThat(failures(recorded())).containsExactly(MESSAGE);
        assertThat(written.toString(UTF_8)).contains("\"code\":\"CHUNK_GONE\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary@hidden.example",
                "",
                "{}",
                "[1]",
                "{\\\"run\\\":\\\"canary hidden\\\",\\\"chunk\\\":0,\\\"next_row\\\":0,\\\"idle_hops\\\":0}",
                "{\\\"run\\\":\\\"0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c1e\\\",\\\"chunk\\\":-1,\\\"next_row\\\":0,\\\"idle_hops\\\":0}",
                "{\\\"run\\\":\\\"0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c1e\\\",\\\"chunk\\\":0,\\\"next_row\\\":0.5,\\\"idle_hops\\\":0}",
                "{\\\"run\\\":\\\"0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c1e\\\",\\\"chunk\\\":0,\\\"next_row\\\":0}"
            })
    void reports_a_message_that_is_no_chunk_without_a_word_of_it(String body) {
        var event = recorded()
                .replaceFirst(
                        "\"body\": \".*\"", java.util.regex.Matcher.quoteReplacement("\"body\": \"" + body + "\""));

        assertThat(failures(event)).containsExactly(MESSAGE);
        assertThat(written.toString(UTF_8))
                .isEqualTo("{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"message_refused\",\"message\":\"" + MESSAGE
                        + "\",\"code\":\"NO_WORK_MESSAGE\"}\n");
    }

    private static String ofTrial(int letter) {
        var body = "{\\\"trial\\\":\\\"" + RUN + "\\\",\\\"letter\\\":" + letter + "}";
        return recorded()
                .replaceFirst(
                        "\"body\": \".*\"", java.util.regex.Matcher.quoteReplacement("\"body\": \"" + body + "\""));
    }

    private static String line(String event, int letter, String more) {
        return "{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"" + event + "\",\"run\":\"" + RUN + "\",\"letter\":"
                + letter + more + "}\n";
    }

    @Test
    void takes_a_drafts_letter_to_those_who_send_it() {
        letters.with("brev", "da", "Subject: Brud\n\nKære {{recipient.name}}\n");
        var frozen = new FrozenNotice(
                new NoticeId("komit", "main"),
                Map.of("language", "da", "sender", Map.of("from", "brev@skole.example")),
                "facts",
                List.of(letters.newest("brev", "da").orElseThrow().frozen()),
                List.of("email", "name"),
                1,
                NOW,
                RUN);
        var person = new Recipient(2, Map.of("email", "anna@x.example", "name", "Anna"));
        trials.offer(new PreviewMail(RUN, frozen, List.of("dpo@skole.example"), List.of(new PreviewRow(person, "da"))));

        assertThat(failures(ofTrial(0))).isEmpty();
        assertThat(failures(ofTrial(0))).isEmpty();
        assertThat(failures(ofTrial(1))).isEmpty();
        incidents.hold(Hold.of(HoldReason.DOUBT, NOW));
        assertThat(failures(ofTrial(0))).isEmpty();

        assertThat(written.toString(UTF_8))
                .isEqualTo(line("trial_sent", 0, ",\"accepted\":1,\"others\":0")
                        + line("trial_sent_before", 0, "")
                        + line("trial_gone", 1, "")
                        + line("trial_not_sent", 0, ",\"reason\":\"HOLD\""));
        assertThat(mailer.posted()).hasSize(1);
    }

    @Test
    void reports_a_drafts_letter_whose_source_is_gone() {
        var gone = new FrozenNotice.FrozenLetter("brev", "da", "v9", "hash");
        var facts = Map.<String, Object>of("sender", Map.of("from", "brev@skole.example"));
        var frozen = new FrozenNotice(
                new NoticeId("komit", "main"), facts, "facts", List.of(gone), List.of("email"), 1, NOW, RUN);
        trials.offer(new PreviewMail(
                RUN, frozen, List.of("dpo@skole.example"), List.of(new PreviewRow(new Recipient(2, Map.of()), "da"))));

        assertThat(failures(ofTrial(0))).containsExactly(MESSAGE);
        assertThat(soon).containsExactly(RECEIPT);
        assertThat(written.toString(UTF_8))
                .isEqualTo(line("trial_failed", 0, ",\"code\":\"LETTER_GONE\",\"causes\":\"IllegalStateException\""));
    }

    @Test
    void lets_a_message_that_can_not_be_done_come_again_soon() {
        failures(recorded());
        failures(recorded().replaceFirst("\"body\": \".*\"", "\"body\": \"no chunk\""));

        assertThat(soon).containsExactly(RECEIPT, RECEIPT);
    }

    @Test
    void leaves_a_message_whose_fault_may_pass_to_the_queues_own_time() {
        seen = (Runs) Proxy.newProxyInstance(
                Runs.class.getClassLoader(), new Class<?>[] {Runs.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("throttled");
                });

        assertThat(failures(recorded())).containsExactly(MESSAGE);
        assertThat(soon).isEmpty();
    }

    @Test
    void reports_a_message_that_can_not_be_told_to_come_soon() {
        comesSoon = receipt -> {
            throw new IllegalStateException("canary@hidden.example");
        };

        assertThat(failures(recorded())).containsExactly(MESSAGE);
        assertThat(written.toString(UTF_8))
                .endsWith("{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"message_comes_late\",\"message\":\""
                        + MESSAGE + "\",\"fault\":\"IllegalStateException\"}\n");
    }

    @Test
    void lets_a_neighbour_of_a_bad_message_be() {
        planned(Optional.of(NOW));
        var one = recorded().replaceFirst("(?s).*\"Records\": \\[(.*)]\\s*}\\s*", "$1");
        var bad = one.replace(RUN, "f".repeat(32)).replace(MESSAGE, "bad");

        assertThat(failures("{\"Records\": [" + bad + "," + one + "]}")).containsExactly("bad");
    }
}

package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the processing after the letters: SES events, the Sweep, and the redrive of dead letters. */
@Tag("localstack")
@ExtendWith(Deployment.class)
class FeedbackIT {
    private final Operator operator;

    FeedbackIT(Operator operator) {
        this.operator = operator;
    }

    /** LocalStack's SES publishes Send and Delivery events. */
    @Test
    void a_delivery_event_sets_the_status_delivered() {
        operator.describe("leveret", "komit");

        operator.send("incidents/leveret/list.csv", Operator.people(1, 2, "leveret.example"));

        for (var record : operator.records("leveret"))
            operator.awaitStatus("leveret", record.get("recipient"), "DELIVERED");
        assertThat(operator.records("leveret"))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record).containsKeys("accepted_at", "delivered_at", "message_id"));
    }

    /** LocalStack's SES never bounces. The test publishes the documented event with the tags of a sent letter. */
    @Test
    void a_bounce_event_updates_its_record_and_a_forged_one_is_ignored() {
        operator.describe("retur", "komit");
        var run = operator.send("incidents/retur/list.csv", Operator.people(1, 2, "retur.example"));
        var bounced = operator.records("retur").get(0);
        var other = operator.records("retur").get(1);
        operator.awaitStatus("retur", other.get("recipient"), "DELIVERED");

        publish("bounce", other, "forged-token");
        publish("bounce", bounced, bounced.get("token"));

        operator.awaitStatus("retur", bounced.get("recipient"), "BOUNCED");
        assertThat(operator.record("retur", bounced.get("recipient")))
                .containsEntry("code", "Permanent.General")
                .containsKey("problem");
        assertThat(operator.record("retur", other.get("recipient"))).containsEntry("status", "DELIVERED");
        assertThat(unreached("retur", run))
                .startsWith("\ufeffrun;row;status;code;since;email;name;affected_data\n")
                .contains(run.get("run_id") + ";" + bounced.get("row") + ";kom retur;Permanent.General;")
                .contains("@retur.example;")
                .hasLineCount(2);
    }

    /** Repeats the Sweep: it skips a run that another test's Sweep has counted in the last minute. */
    private String unreached(String incident, Map<String, String> run) {
        var key = "unreached/" + incident + "/main/" + run.get("run_id") + ".csv";
        Await.until(
                Operator.TIMEOUT,
                () -> {
                    sweep();
                    return operator.object("WorkBucket", key).isPresent();
                },
                () -> "no " + key);
        return operator.object("WorkBucket", key).orElseThrow();
    }

    /** LocalStack doesn't run schedules, so the test invokes the Sweep with the scheduled event. */
    @Test
    void the_sweep_counts_a_run_and_requeues_parked_chunks_once_the_notice_is_resumed() {
        operator.describe("pause", "komit");
        operator.pause("pause", true);
        var version = operator.upload("incidents/pause/list.csv", Operator.people(1, 4, "pause.example"));
        awaitParked(version);
        assertThat(operator.letters("pause.example")).isEmpty();

        operator.pause("pause", false);
        sweep();

        assertThat(Operator.accepted(operator.done(version))).isEqualTo(4);
        assertThat(operator.letters("pause.example")).hasSize(4);
        sweep();
        assertThat(operator.run(version)).containsEntry("invariant", "holds");
    }

    /** A partly sent chunk whose message failed too often, because its object was missing for a while. */
    @Test
    void a_redrive_of_dead_letters_sends_only_the_missing_letters() {
        operator.describe("igang", "komit");
        var version = operator.upload("incidents/igang/list.csv", Operator.people(1, 500, "silent.igang.example"));
        Await.until(Operator.TIMEOUT, () -> operator.hasRecords("igang"), () -> operator.run(version));
        operator.pause("igang", true);
        var chunk = "chunks/" + awaitParked(version) + "/00000.json";
        var accepted = operator.letters("silent.igang.example").keySet();
        assertThat(accepted).hasSizeBetween(1, 499);

        var restore = operator.remove("WorkBucket", chunk);
        operator.pause("igang", false);
        try (var queue = DispatchQueue.withOneReceive(operator.stack())) {
            sweep();
            queue.awaitDeadLetter(body -> body.contains(operator.run(version).get("run_id")));
        }
        assertThat(operator.letters("silent.igang.example")).hasSameSizeAs(accepted);

        restore.run();
        redrive();

        operator.done(version);
        assertThat(operator.letters("silent.igang.example")).hasSize(500).containsKeys(accepted.toArray(String[]::new));
    }

    /** Waits until a chunk of a list's run is parked, and returns the run's id. */
    private String awaitParked(String version) {
        Await.until(
                Operator.TIMEOUT,
                () -> operator.chunks(operator.run(version).getOrDefault("run_id", "")).stream()
                        .anyMatch(chunk -> chunk.containsKey("parked_at")),
                () -> operator.run(version));
        return operator.run(version).get("run_id");
    }

    private void sweep() {
        var answer = localStack()
                .aws(
                        "lambda",
                        "invoke",
                        "--function-name",
                        operator.stack().resources().get("SweepFunction"),
                        "--payload",
                        "fileb://" + Path.of("events/schedule-tick.json").toAbsolutePath(),
                        "/dev/null");
        assertThat(LocalStack.json(answer).has("FunctionError")).as(answer).isFalse();
    }

    /** Redrives the dead letters with the README's commands. */
    private void redrive() {
        var queue = localStack()
                .aws(
                        "sqs",
                        "get-queue-attributes",
                        "--queue-url",
                        operator.stack().output("DispatchDeadLettersUrl"),
                        "--attribute-names",
                        "QueueArn",
                        "--query",
                        "Attributes.QueueArn",
                        "--output",
                        "text");
        localStack().aws("sqs", "start-message-move-task", "--source-arn", queue);
    }

    /** Publishes a recorded event of {@code events/} with the tags of another letter. */
    private void publish(String event, Map<String, String> record, String token) {
        var recorded = LocalStack.json(Operator.read(Path.of("events", "sns-ses-" + event + ".json")));
        var envelope =
                LocalStack.json(recorded.path("Records").path(0).path("body").asText());
        var message = (ObjectNode) LocalStack.json(envelope.path("Message").asText());
        var mail = (ObjectNode) message.path("mail");
        mail.put("messageId", record.get("message_id"));
        var tags = (ObjectNode) mail.path("tags");
        tags.putArray("incident").add(record.get("notice").split("/")[0]);
        tags.putArray("recipient").add(record.get("recipient"));
        tags.putArray("attempt").add(token);
        localStack()
                .aws(
                        "sns",
                        "publish",
                        "--topic-arn",
                        operator.stack().resources().get("FeedbackTopic"),
                        "--subject",
                        envelope.path("Subject").asText(),
                        "--message",
                        message.toString());
    }

    private LocalStack localStack() {
        return operator.stack().localStack();
    }
}

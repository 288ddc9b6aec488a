package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The stack as an operator has it: files go in by S3, letters come out of SES, and the tables tell. Each test has an incident of its
 * own; the last two change the stack itself.
 */
@Tag("localstack")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployedIT {
    private static final List<String> KEPT =
            List.of("Uploads", "Work", "Evidence", "Incidents", "Runs", "Sends", "DataKey", "MacKey");
    private static final Map<String, String> PARAMETERS = Map.of(
            "SenderAddresses", "persondata@elverhoejfriskole.example,databeskyttelse@finans.example", "Language", "da");

    private static LocalStack localStack;
    private static Stack stack;
    private static Operator operator;

    @BeforeAll
    static void deploys() {
        localStack = LocalStack.start();
        stack = Stack.create(localStack, "underret", Operator.read(Path.of("template.yaml")), PARAMETERS);
        operator = new Operator(stack);
    }

    @AfterAll
    static void stops() {
        if (operator != null) operator.close();
        if (localStack != null) localStack.close();
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({"komit", "bmw"})
    void tells_everyone_on_a_samples_list(String sample) {
        operator.describe(sample, sample);
        var list = Operator.read(Path.of("events", sample, "list.csv"));

        var run = operator.send("incidents/" + sample + "/list.csv", list);

        assertThat(run).containsEntry("status", "SETTLED").containsEntry("accepted", rows(list));
        assertThat(operator.records(sample))
                .hasSize(Integer.parseInt(rows(list)))
                .allSatisfy(record ->
                        assertThat(record).containsEntry("status", "ACCEPTED").containsKey("message_id"));
    }

    @Order(2)
    @Test
    void tells_two_thousand() {
        operator.describe("mange", "komit");

        var run = operator.send("incidents/mange/list.csv", people(1, 2000, "mange.example"));

        assertThat(run)
                .containsEntry("status", "SETTLED")
                .containsEntry("rows", "2000")
                .containsEntry("accepted", "2000");
        assertThat(operator.letters("mange.example")).hasSize(2000);
    }

    @Order(2)
    @Test
    void tells_nobody_twice_when_the_same_list_comes_again() {
        operator.describe("igen", "komit");
        var list = people(1, 20, "igen.example");
        operator.send("incidents/igen/list.csv", list);

        var again = operator.send("incidents/igen/list.csv", list);

        assertThat(again).containsEntry("status", "SETTLED").containsEntry("duplicate", "20");
        assertThat(operator.letters("igen.example")).hasSize(20);
    }

    @Order(2)
    @Test
    void refuses_a_list_without_addresses_and_says_why_in_the_evidence() {
        operator.describe("afvist", "komit");

        var run = operator.send("incidents/afvist/list.csv", "name,phone\nPia Holm,12345678\n");

        assertThat(run).containsEntry("status", "REFUSED");
        assertThat(operator.evidence("afvist", run.get("run_id"), "problems.csv"))
                .startsWith("code,row,column,message\n")
                .contains("MISSING_COLUMN")
                .doesNotContain("Pia");
        assertThat(operator.records("afvist")).isEmpty();
    }

    @Order(2)
    @Test
    void refuses_a_list_of_an_incident_that_nobody_described() {
        var run = operator.send("incidents/ukendt/list.csv", people(1, 1, "ukendt.example"));

        assertThat(run).containsEntry("status", "REFUSED");
        assertThat(operator.evidence("ukendt", run.get("run_id"), "problems.csv"))
                .contains("UNKNOWN_INCIDENT");
        assertThat(operator.letters("ukendt.example")).isEmpty();
    }

    /** LocalStack writes a space in an event's key as %20 where AWS writes +. */
    @Order(2)
    @Test
    void reads_a_list_whose_name_has_a_space_a_plus_and_a_danish_letter() {
        operator.describe("navne", "komit");

        var run = operator.send("incidents/navne/1. æbler + pærer.CSV", people(1, 3, "navne.example"));

        assertThat(run).containsEntry("status", "SETTLED").containsEntry("accepted", "3");
        assertThat(operator.letters("navne.example")).hasSize(3);
    }

    /** With a queue that gives up after two tries a second apart, instead of a hundred half an hour apart. */
    @Order(3)
    @Test
    void sets_a_message_aside_that_is_no_chunk_and_goes_on_with_the_next() {
        operator.describe("gift", "komit");
        try (var sqs = localStack.sqs()) {
            var queue = stack.output("DispatchQueueUrl");
            var deadLetters = stack.output("DispatchDeadLettersUrl");
            var arn = sqs.getQueueAttributes(r -> r.queueUrl(deadLetters).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            sqs.setQueueAttributes(r -> r.queueUrl(queue)
                    .attributes(Map.of(
                            QueueAttributeName.VISIBILITY_TIMEOUT,
                            "1",
                            QueueAttributeName.REDRIVE_POLICY,
                            "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}".formatted(arn))));

            sqs.sendMessage(r -> r.queueUrl(queue).messageBody("{\"no\":\"chunk\"}"));
            var run = operator.send("incidents/gift/list.csv", people(1, 3, "gift.example"));

            assertThat(run).containsEntry("status", "SETTLED").containsEntry("accepted", "3");
            Await.until(
                    Duration.ofSeconds(60),
                    () -> sqs.receiveMessage(r -> r.queueUrl(deadLetters).visibilityTimeout(0)).messages().stream()
                            .anyMatch(message -> message.body().equals("{\"no\":\"chunk\"}")),
                    () -> "nothing in the dead-letter queue");
        }
    }

    @Order(4)
    @Test
    void keeps_tables_and_buckets_when_the_stack_is_updated() {
        var before = stack.resources();
        var records = operator.records("komit");
        var parameters = new LinkedHashMap<>(PARAMETERS);
        parameters.put("Senders", "3");
        parameters.put("LogRetentionDays", "90");

        var updated = stack.update(Operator.read(Path.of("template.yaml")), parameters);

        assertThat(updated.resources()).containsAllEntriesOf(kept(before));
        assertThat(operator.records("komit")).isNotEmpty().isEqualTo(records);
        var settings = localStack.aws(
                "lambda",
                "get-function-configuration",
                "--function-name",
                updated.resources().get("DispatchFunction"));
        assertThat(LocalStack.json(settings)
                        .path("Environment")
                        .path("Variables")
                        .path("SENDERS")
                        .asText())
                .isEqualTo("3");
    }

    @Order(5)
    @Test
    void leaves_ledger_uploads_and_evidence_when_the_stack_is_deleted() {
        var before = stack.resources();

        stack.delete();

        assertThat(operator.records("komit")).isNotEmpty();
        for (var bucket : List.of("Uploads", "Work", "Evidence"))
            assertThat(localStack
                            .tryAws("s3api", "head-bucket", "--bucket", before.get(bucket))
                            .status())
                    .isZero();
        for (var key : List.of("DataKey", "MacKey"))
            assertThat(LocalStack.json(localStack.aws("kms", "describe-key", "--key-id", before.get(key)))
                            .path("KeyMetadata")
                            .path("KeyState")
                            .asText())
                    .isEqualTo("Enabled");
        assertThat(localStack
                        .tryAws("lambda", "get-function", "--function-name", before.get("DispatchFunction"))
                        .status())
                .isNotZero();
    }

    private static Map<String, String> kept(Map<String, String> resources) {
        return resources.entrySet().stream()
                .filter(entry -> KEPT.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String people(int from, int to, String domain) {
        return "email,name,affected_data\n"
                + IntStream.rangeClosed(from, to)
                        .mapToObj(i -> "p%d@%s,Prøve Person %d,\n".formatted(i, domain, i))
                        .collect(Collectors.joining());
    }

    /** People's rows of a list, as the run counts them. */
    private static String rows(String list) {
        return Long.toString(
                list.lines().skip(1).filter(line -> !line.isBlank()).count());
    }
}

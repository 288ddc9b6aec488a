package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the lifecycle of a separate stack: a failed first deployment, a successful one, an update and the deletion. */
@Tag("localstack")
@ExtendWith(Deployment.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifecycleIT {
    private static final String NAME = "livsforloeb";
    private static final List<String> KEPT =
            List.of("Uploads", "Work", "Evidence", "Incidents", "Runs", "Sends", "DataKey", "MacKey");

    private final LocalStack localStack;
    private Stack stack;
    private Operator operator;

    LifecycleIT(Operator operator) {
        this.localStack = operator.stack().localStack();
    }

    @Order(1)
    @Test
    void a_template_that_does_not_deploy_fails_with_the_resource_and_its_reason() {
        var broken = Deployment.template().replace("Protocol: sqs", "Protocol: pigeon");

        assertThatThrownBy(() -> Stack.create(localStack, NAME, broken, Deployment.PARAMETERS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(NAME + " is ")
                .hasMessageContaining("FeedbackSubscription: ")
                .hasMessageContaining("does not support this protocol string: pigeon");
    }

    @Order(2)
    @Test
    void a_failed_first_deployment_leaves_nothing_that_blocks_the_second() {
        new Stack(localStack, NAME, Map.of()).delete();

        stack = Stack.create(localStack, NAME, Deployment.template(), Deployment.PARAMETERS);

        operator = new Operator(stack);
        operator.describe("liv", "komit");
        assertThat(operator.send("incidents/liv/list.csv", Operator.people(1, 3, "liv.example")))
                .containsEntry("status", "SETTLED");
    }

    @Order(3)
    @Test
    void an_update_keeps_tables_and_buckets() {
        var before = stack.resources();
        var recipients = recipients();
        var parameters = new LinkedHashMap<>(Deployment.PARAMETERS);
        parameters.put("Senders", "3");
        parameters.put("LogRetentionDays", "90");

        var updated = stack.update(Deployment.template(), parameters);

        assertThat(updated.resources()).containsAllEntriesOf(kept(before));
        assertThat(recipients()).hasSize(3).isEqualTo(recipients);
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

    @Order(4)
    @Test
    void deleting_the_stack_keeps_ledger_uploads_and_evidence() {
        var before = stack.resources();

        stack.delete();

        assertThat(recipients()).hasSize(3);
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

    private List<String> recipients() {
        return operator.records("liv").stream()
                .map(record -> record.get("recipient"))
                .sorted()
                .toList();
    }

    private static Map<String, String> kept(Map<String, String> resources) {
        return resources.entrySet().stream()
                .filter(entry -> KEPT.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

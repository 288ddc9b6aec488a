package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.core.sync.RequestBody;

/** The stack as an operator has it: files go in by S3, letters come out of SES, and the tables tell. */
@Tag("localstack")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployedIT {
    private static LocalStack localStack;
    private static Stack stack;

    @BeforeAll
    static void deploys() throws Exception {
        localStack = LocalStack.start();
        stack = Stack.create(
                localStack,
                "underret",
                Files.readString(Path.of("template.yaml")),
                Map.of("SenderAddresses", "dpo@skole.example,gdpr@bil.example"));
    }

    @AfterAll
    static void stops() {
        if (localStack != null) localStack.close();
    }

    @Test
    @Order(1)
    void probe() {
        System.out.println(stack.outputs());
        System.out.println(stack.resources());
        try (var s3 = localStack.s3()) {
            s3.putObject(
                    r -> r.bucket(stack.output("UploadsBucket")).key("incidents/komit/a b+æ.csv"),
                    RequestBody.fromString("x"));
        }
        assertThat(stack.outputs()).isNotEmpty();
        try {
            Thread.sleep(15000);
        } catch (InterruptedException e) {
        }
        System.out.println(localStack.messages());
    }
}

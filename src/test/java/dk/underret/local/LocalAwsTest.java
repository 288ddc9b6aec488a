package dk.underret.local;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.local.FunctionSpec.Trigger;
import dk.underret.local.functions.EchoHandler;
import dk.underret.local.functions.HopHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

class LocalAwsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private LocalAws start(FunctionSpec... functions) throws Exception {
        return LocalAws.start(Parameters.of(folder, folder)
                .functions(System.getProperty("java.class.path"), List.of(functions))
                .times(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(1)));
    }

    private static FunctionSpec function(Class<?> handler, Trigger trigger, boolean mayLoop) {
        return new FunctionSpec(handler.getName(), trigger, 1, 1, 512, TIMEOUT, mayLoop);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log.jsonl"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 60 s").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void notifies_a_function_of_an_upload_in_the_format_of_s3() throws Exception {
        try (var aws = start(function(EchoHandler.class, Trigger.UPLOADS, false))) {
            var version = aws.upload("incidents/a/my list+æ.csv", new byte[] {1, 2, 3});
            until(() -> log().contains(version));
            assertThat(log())
                    .contains("\"eventName\":\"ObjectCreated:Put\"")
                    .contains("\"key\":\"incidents/a/my+list%2B%C3%A6.csv\"")
                    .contains("\"size\":3")
                    .contains("\"principalId\":\"AWS:local\"");
        }
    }

    @Test
    void does_not_notify_a_function_of_a_write_to_another_bucket() throws Exception {
        try (var aws = start(function(EchoHandler.class, Trigger.UPLOADS, false))) {
            aws.s3().putObject(p -> p.bucket("work").key("chunks/first"), RequestBody.fromString("x"));
            var version = aws.upload("incidents/a/second.csv", new byte[0]);
            until(() -> log().contains(version));
            assertThat(log()).doesNotContain("chunks/first");
        }
    }

    @Test
    void retries_a_failed_event_twice() throws Exception {
        try (var aws = start(function(EchoHandler.class, Trigger.UPLOADS, false))) {
            aws.upload("incidents/a/fail.csv", new byte[0]);
            until(() -> aws.droppedUploadEvents() == 1);
            assertThat(log().split("incidents/a/fail.csv", -1)).hasSize(4);
        }
    }

    @Test
    void starts_another_child_after_one_was_killed() throws Exception {
        try (var aws = start(function(EchoHandler.class, Trigger.UPLOADS, false))) {
            var first = aws.upload("incidents/a/1.csv", new byte[0]);
            until(() -> log().contains(first) && aws.idle());
            var pid = aws.children("EchoHandler").getFirst();
            aws.kill(pid);
            assertThat(ProcessHandle.of(pid)).isEmpty();
            var second = aws.upload("incidents/a/2.csv", new byte[0]);
            until(() -> log().contains(second));
            assertThat(aws.children("EchoHandler")).hasSize(1).doesNotContain(pid);
            assertThat(Files.readString(folder.resolve("local.json")))
                    .contains("" + aws.children("EchoHandler").getFirst());
        }
    }

    @Test
    void delivers_a_message_again_after_its_function_crashed() throws Exception {
        try (var aws = start(function(EchoHandler.class, Trigger.DISPATCH_QUEUE, true))) {
            aws.sqs()
                    .sendMessage(
                            s -> s.queueUrl(aws.queueUrl(LocalQueues.DISPATCH)).messageBody("exit"));
            until(() -> log().contains("\"ApproximateReceiveCount\":\"3\""));
            assertThat(aws.depth(LocalQueues.DISPATCH).total()).isEqualTo(1);
        }
    }

    @Test
    void deletes_the_messages_that_a_function_did_not_report_as_failed() throws Exception {
        try (var aws = start(function(EchoHandler.class, Trigger.DISPATCH_QUEUE, true))) {
            aws.sqs()
                    .sendMessage(
                            s -> s.queueUrl(aws.queueUrl(LocalQueues.DISPATCH)).messageBody("well"));
            until(() ->
                    log().contains("well") && aws.depth(LocalQueues.DISPATCH).total() == 0);
        }
    }

    @Test
    void stops_a_chain_of_more_than_16_hops() throws Exception {
        try (var aws = start(function(HopHandler.class, Trigger.DISPATCH_QUEUE, false))) {
            aws.sqs()
                    .sendMessage(
                            s -> s.queueUrl(aws.queueUrl(LocalQueues.DISPATCH)).messageBody("40"));
            until(() -> aws.depth(LocalQueues.DISPATCH + LocalQueues.DEAD_LETTER_SUFFIX)
                            .total()
                    == 1);
            assertThat(log().lines()).hasSize(16).last().isEqualTo("{\"hop\":25}");
        }
    }

    @Test
    void does_not_stop_a_function_that_may_loop() throws Exception {
        try (var aws = start(function(HopHandler.class, Trigger.DISPATCH_QUEUE, true))) {
            aws.sqs()
                    .sendMessage(
                            s -> s.queueUrl(aws.queueUrl(LocalQueues.DISPATCH)).messageBody("40"));
            until(() -> log().contains("{\"hop\":0}"));
            assertThat(aws.depth(LocalQueues.DISPATCH + LocalQueues.DEAD_LETTER_SUFFIX)
                            .total())
                    .isZero();
        }
    }

    @Test
    void does_not_start_a_function_whose_class_is_missing() throws Exception {
        var missing = new FunctionSpec("dk.underret.lambda.NoSuchHandler", Trigger.UPLOADS, 1, 1, 512, TIMEOUT, false);
        try (var aws = start(missing)) {
            assertThat(aws.upload("incidents/a/1.csv", new byte[0])).isNotBlank();
            assertThat(aws.children("NoSuchHandler")).isEmpty();
        }
    }
}

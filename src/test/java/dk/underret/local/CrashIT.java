package dk.underret.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills functions with SIGKILL during their work. */
class CrashIT {
    @TempDir
    private static Path folder;

    private static UploadDriver driver;

    @BeforeAll
    static void start() throws Exception {
        driver = UploadDriver.start(folder, parameters -> parameters);
    }

    @AfterAll
    static void stop() throws Exception {
        driver.close();
    }

    private static SimulatedSes ses() {
        return driver.aws().ses().orElseThrow();
    }

    private static void killSenders() {
        driver.aws().children("DispatchHandler").forEach(driver.aws()::kill);
    }

    private static String status(String incident, long row) {
        return driver.records(incident).stream()
                .filter(send -> String.valueOf(row).equals(String.valueOf(send.get("row"))))
                .map(send -> send.get("status") + " after " + send.get("attempt"))
                .findFirst()
                .orElse("none");
    }

    /** Sends three letters, with a misbehaviour for the second, and kills the sender while it waits for SES. */
    private static UploadDriver.RunResult killSenderOfSecondLetter(String incident, Misbehaviour misbehaviour)
            throws Exception {
        driver.incident(incident, "komit", Map.of("letter", "breach-notice"));
        var domain = incident + ".example";
        ses().script().to("p1@" + domain, misbehaviour);
        var before = ses().sendRequests();
        var version = driver.upload(incident, UploadDriver.people(domain, 0, 3));
        UploadDriver.awaitUntil("SES has three requests", () -> ses().sendRequests() == before + 3);
        UploadDriver.awaitUntil(
                "the other two letters are delivered",
                () -> driver.records(incident).stream()
                                .filter(send -> "DELIVERED".equals(send.get("status")))
                                .count()
                        >= 2);
        killSenders();
        var result = driver.await(version);
        assertThat(ses().sendRequests())
                .as("SendEmail requests for three letters")
                .isEqualTo(before + 3);
        return result;
    }

    @Test
    void a_sender_killed_after_the_claim_and_before_ses_accepts_leaves_unknown_and_no_letter() throws Exception {
        var result = killSenderOfSecondLetter("before", Misbehaviour.SILENCE);

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 3 rows = 2 delivered + 1 unknown");
        assertThat(status("before", 3)).isEqualTo("UNKNOWN after 1");
        assertThat(driver.letters("before.example"))
                .extracting(message -> message.to().getFirst())
                .containsExactlyInAnyOrder("p0@before.example", "p2@before.example");
    }

    @Test
    void a_sender_killed_after_ses_accepted_leaves_one_letter_that_its_event_settles() throws Exception {
        var result = killSenderOfSecondLetter("after", Misbehaviour.STALL);

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 3 rows = 3 delivered");
        assertThat(status("after", 3)).isEqualTo("DELIVERED after 1");
        assertThat(driver.letters("after.example"))
                .extracting(message -> message.to().getFirst())
                .containsExactlyInAnyOrder("p0@after.example", "p1@after.example", "p2@after.example");
    }

    @Test
    void an_unknown_letter_is_not_sent_again_when_its_list_is() throws Exception {
        killSenderOfSecondLetter("again", Misbehaviour.SILENCE);
        var before = ses().sendRequests();
        ses().script().clear();
        var result = driver.send("again", UploadDriver.people("again.example", 0, 3));

        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 3 rows = 3 duplicate");
        assertThat(ses().sendRequests()).isEqualTo(before);
        assertThat(status("again", 3)).isEqualTo("UNKNOWN after 1");
    }

    @Test
    void intake_killed_between_two_chunks_leaves_no_gap_and_no_chunk_twice() throws Exception {
        driver.incident("chunks", "komit", Map.of("letter", "breach-notice"));
        var chunks = new AtomicInteger();
        driver.aws().onWrite(change -> {
            var written = change.bucket().equals(ResourceNames.WORK)
                    && change.version().key().startsWith("chunks/")
                    && !change.version().deleted();
            if (written && chunks.incrementAndGet() == 2)
                driver.aws().children("IntakeHandler").forEach(driver.aws()::kill);
        });
        var result = driver.send("chunks", UploadDriver.people("chunks.example", 0, 1_100));

        assertThat(chunks.get())
                .as("chunk writes: two before the kill, three after it")
                .isEqualTo(2 + 3);
        assertThat(result.run().get("chunks")).hasToString("3");
        assertThat(result.status() + ": " + result.totals()).isEqualTo("settled: 1100 rows = 1100 delivered");
        assertThat(driver.letters("chunks.example"))
                .extracting(message -> message.to().getFirst())
                .hasSize(1_100)
                .doesNotHaveDuplicates();
    }

    @Test
    void senders_killed_repeatedly_leave_every_row_settled_and_no_letter_twice() throws Exception {
        driver.incident("many", "komit", Map.of("letter", "breach-notice"));
        var before = ses().accepted();
        var version = driver.upload("many", UploadDriver.people("many.example", 0, 1_100));
        for (int letters : new int[] {50, 400, 800}) {
            UploadDriver.awaitUntil("more letters are accepted", () -> ses().accepted() >= before + letters);
            killSenders();
        }
        var result = driver.await(version);

        assertThat(result.status()).isEqualTo("settled");
        var outcomes = result.report().totals().outcomes();
        assertThat(outcomes.keySet()).isSubsetOf("delivered", "unknown");
        var to = driver.letters("many.example").stream()
                .map(message -> message.to().getFirst())
                .toList();
        assertThat(to).doesNotHaveDuplicates();
        assertThat((long) to.size())
                .isBetween(outcomes.get("delivered"), outcomes.get("delivered") + outcomes.getOrDefault("unknown", 0L));
    }
}

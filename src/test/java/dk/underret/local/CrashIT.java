package dk.underret.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that are ended by SIGKILL in the middle of their work. */
class CrashIT {
    @TempDir
    private static Path folder;

    private static UploadDriver courier;

    @BeforeAll
    static void start() throws Exception {
        courier = UploadDriver.start(folder, parameters -> parameters);
    }

    @AfterAll
    static void stop() throws Exception {
        courier.close();
    }

    private static SimulatedSes ses() {
        return courier.aws().ses().orElseThrow();
    }

    private static void killSenders() {
        courier.aws().children("DispatchHandler").forEach(courier.aws()::kill);
    }

    private static String status(String incident, long row) {
        return courier.records(incident).stream()
                .filter(send -> String.valueOf(row).equals(String.valueOf(send.get("row"))))
                .map(send -> send.get("status") + " after " + send.get("attempt"))
                .findFirst()
                .orElse("none");
    }

    /** Sends three people's letters, the second one's treated so, and kills the sender while SES keeps it waiting. */
    private static UploadDriver.Trip killedOverTheSecondOf(String incident, Misbehaviour misbehaviour)
            throws Exception {
        courier.incident(incident, "komit", Map.of("letter", "breach-notice"));
        var domain = incident + ".example";
        ses().script().to("p1@" + domain, misbehaviour);
        var before = ses().asked();
        var version = courier.upload(incident, UploadDriver.people(domain, 0, 3));
        UploadDriver.until("SES was asked for all three", () -> ses().asked() == before + 3);
        UploadDriver.until(
                "the two others are settled",
                () -> courier.records(incident).stream()
                                .filter(send -> "DELIVERED".equals(send.get("status")))
                                .count()
                        >= 2);
        killSenders();
        var trip = courier.await(version);
        assertThat(ses().asked()).as("posts of three letters").isEqualTo(before + 3);
        return trip;
    }

    @Test
    void a_sender_killed_after_the_claim_and_before_ses_accepts_leaves_unknown_and_no_letter() throws Exception {
        var trip = killedOverTheSecondOf("before", Misbehaviour.SILENCE);

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 3 rows = 2 delivered + 1 unknown");
        assertThat(status("before", 3)).isEqualTo("UNKNOWN after 1");
        assertThat(courier.letters("before.example"))
                .extracting(message -> message.to().getFirst())
                .containsExactlyInAnyOrder("p0@before.example", "p2@before.example");
    }

    @Test
    void a_sender_killed_after_ses_accepted_leaves_one_letter_that_its_event_settles() throws Exception {
        var trip = killedOverTheSecondOf("after", Misbehaviour.STALL);

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 3 rows = 3 delivered");
        assertThat(status("after", 3)).isEqualTo("DELIVERED after 1");
        assertThat(courier.letters("after.example"))
                .extracting(message -> message.to().getFirst())
                .containsExactlyInAnyOrder("p0@after.example", "p1@after.example", "p2@after.example");
    }

    @Test
    void an_unknown_letter_is_not_sent_again_when_its_list_is() throws Exception {
        killedOverTheSecondOf("again", Misbehaviour.SILENCE);
        var before = ses().asked();
        ses().script().clear();
        var trip = courier.send("again", UploadDriver.people("again.example", 0, 3));

        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 3 rows = 3 duplicate");
        assertThat(ses().asked()).isEqualTo(before);
        assertThat(status("again", 3)).isEqualTo("UNKNOWN after 1");
    }

    @Test
    void intake_killed_between_two_chunks_leaves_no_gap_and_no_chunk_twice() throws Exception {
        courier.incident("chunks", "komit", Map.of("letter", "breach-notice"));
        var chunks = new AtomicInteger();
        courier.aws().onWrite(change -> {
            var written = change.bucket().equals(ResourceNames.WORK)
                    && change.version().key().startsWith("chunks/")
                    && !change.version().deleted();
            if (written && chunks.incrementAndGet() == 2)
                courier.aws().children("IntakeHandler").forEach(courier.aws()::kill);
        });
        var trip = courier.send("chunks", UploadDriver.people("chunks.example", 0, 1_100));

        assertThat(chunks.get()).as("chunks written, and written again").isEqualTo(2 + 3);
        assertThat(trip.run().get("chunks")).hasToString("3");
        assertThat(trip.status() + ": " + trip.totals()).isEqualTo("settled: 1100 rows = 1100 delivered");
        assertThat(courier.letters("chunks.example"))
                .extracting(message -> message.to().getFirst())
                .hasSize(1_100)
                .doesNotHaveDuplicates();
    }

    @Test
    void senders_killed_over_and_over_leave_every_row_settled_and_no_letter_twice() throws Exception {
        courier.incident("many", "komit", Map.of("letter", "breach-notice"));
        var before = ses().accepted();
        var version = courier.upload("many", UploadDriver.people("many.example", 0, 1_100));
        for (int letters : new int[] {50, 400, 800}) {
            UploadDriver.until("more letters are out", () -> ses().accepted() >= before + letters);
            killSenders();
        }
        var trip = courier.await(version);

        assertThat(trip.status()).isEqualTo("settled");
        var outcomes = trip.report().totals().outcomes();
        assertThat(outcomes.keySet()).isSubsetOf("delivered", "unknown");
        var to = courier.letters("many.example").stream()
                .map(message -> message.to().getFirst())
                .toList();
        assertThat(to).doesNotHaveDuplicates();
        assertThat((long) to.size())
                .isBetween(outcomes.get("delivered"), outcomes.get("delivered") + outcomes.getOrDefault("unknown", 0L));
    }
}

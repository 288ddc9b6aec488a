package dk.underret.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audits a run of three rows: SES cut its answer for row 3, and the sender of row 4 was killed. */
class FaultAuditTest {
    @TempDir
    private Path folder;

    private static String canary(int row) {
        return "Kanariefugl-%07d-0000000%d".formatted(row, row);
    }

    @BeforeEach
    void write_run() throws IOException {
        Files.createDirectories(folder.resolve("ses"));
        Files.createDirectories(folder.resolve("local"));
        write(
                "list.csv",
                "email,name",
                "a@x.example,Åse " + canary(2),
                "b@x.example," + canary(3),
                "c@x.example," + canary(4));
        write("ses/journal.jsonl", message("m2", "a", 2), message("m3", "b", 3));
        write("ses/misbehaved.csv", "2026-01-01T00:00:00Z,CUT_200,b@x.example");
        write("injected.csv", "fault,at,number,recipient,chunk", "SIGKILL,x,1,r4,1");
        write(
                "sends.csv",
                "recipient,row,status,unknown_at,message_id",
                "r2,2,ACCEPTED,,m2",
                "r3,3,UNKNOWN,x,",
                "r4,4,UNKNOWN,x,");
        write(
                "runs.csv",
                "part,rows,first_row,accepted,unknown",
                "run,3,,1,2",
                "chunk#00000,2,2,,",
                "chunk#00001,1,4,,");
        write("queues.txt", "{\"chunk\":0}");
        write("local/log.jsonl", "{}");
    }

    private static String message(String id, String to, int canary) {
        return "{\"messageId\":\"%s\",\"to\":[\"%s@x.example\"],\"text\":\"K\\u00e6re %s\\n\",\"html\":\"<p>%s</p>\"}"
                .formatted(id, to, canary(canary), canary(canary));
    }

    private void write(String file, String... lines) throws IOException {
        Files.writeString(folder.resolve(file), String.join("\n", lines) + "\n");
    }

    private void replace(String file, String from, String to) throws IOException {
        var text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    private void assertFound(String figure, long found) throws IOException {
        assertThat(Files.readAllLines(folder.resolve("count.csv")))
                .filteredOn(line -> line.startsWith(figure + ","))
                .singleElement()
                .asString()
                .startsWith(figure + "," + found + ",");
    }

    @Test
    void passes_a_run_whose_unknown_outcomes_were_all_injected() throws IOException {
        assertThat(FaultAudit.audit(folder, false)).isTrue();
        assertThat(Files.readAllLines(folder.resolve("faults.csv")))
                .containsExactly(
                        "fault,injected,letters,survived,lost,twice", "CUT_200,1,1,1,0,0", "SIGKILL,1,1,1,0,0");
        assertFound("UNKNOWN at the end and never accepted by SES", 1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "lost                                                          | sends.csv | r4,4,UNKNOWN,x, | r4,4,WAITING,,",
                "lost                                                          | sends.csv | r4,4,UNKNOWN,x, | r4,4,DELIVERED,,",
                "rows with exactly one send record                             | sends.csv | r4,4,UNKNOWN,x, | r4,3,UNKNOWN,x,",
                "UNKNOWN but neither ambiguous nor in flight at a kill      | sends.csv | r2,2,ACCEPTED,, | r2,2,ACCEPTED,x,",
                "UNKNOWN but neither ambiguous nor in flight at a kill      | injected.csv | r4,1 | r4,0",
                "ambiguous but never UNKNOWN                                   | sends.csv | r3,3,UNKNOWN,x, | r3,3,ACCEPTED,,",
                "send records with a message id that is not the recipient's | sends.csv | m2 | m3",
                "send records without a row                                        | sends.csv | r4,4, | r4,5,",
                "runs whose outcomes don't add up to their rows       | runs.csv  | run,3,,1,2 | run,3,,1,1",
                "canaries in logs                                              | local/log.jsonl | {} | kanariefugl",
                "canaries in logs                                              | local/log.jsonl | {} | xxx-S2FuYXJpZWZ1Z2wt",
                "canaries in logs                                              | local/log.jsonl | {} | QUthbmFyaWVmdWds",
                "canaries in queues                                            | queues.txt | {\"chunk\":0} | fuglebur.example",
            })
    void reports_an_unexpected_figure(String figure, String file, String from, String to) throws IOException {
        replace(file, from, to);
        assertThat(FaultAudit.audit(folder, false)).isFalse();
        assertThat(Files.readString(folder.resolve("count.csv")))
                .containsPattern("(?m)^" + java.util.regex.Pattern.quote(figure) + ",([0-9]+),(?!\\1$)");
    }

    @Test
    void reports_a_person_who_got_two_letters() throws IOException {
        write("ses/journal.jsonl", message("m2", "a", 2), message("m3", "b", 3), message("m5", "a", 2));
        assertThat(FaultAudit.audit(folder, false)).isFalse();
        assertFound("accepted twice", 1);
    }

    @Test
    void reports_a_letter_with_another_rows_canary() throws IOException {
        write("ses/journal.jsonl", message("m2", "a", 2), message("m3", "b", 4));
        assertThat(FaultAudit.audit(folder, false)).isFalse();
        assertFound("letters with another row's canary or none", 1);
    }

    @Test
    void attributes_only_the_rows_in_flight_of_a_killed_senders_chunk_to_the_kill() throws IOException {
        replace("injected.csv", "SIGKILL,x,1,r4,1", "SIGKILL,x,1,r4,1\nSIGKILL,x,2,r3,0");
        replace("sends.csv", "r2,2,ACCEPTED,,m2", "r2,2,ACCEPTED,x,m2");
        assertThat(FaultAudit.audit(folder, false)).isFalse();
        assertFound("UNKNOWN but neither ambiguous nor in flight at a kill", 1);
    }

    @Test
    void expects_an_event_to_resolve_every_unknown_outcome() throws IOException {
        assertThat(FaultAudit.audit(folder, true)).isFalse();
        assertFound("accepted by SES but not resolved by its event", 1);
        replace("sends.csv", "r3,3,UNKNOWN,x,", "r3,3,DELIVERED,x,m3");
        assertThat(FaultAudit.audit(folder, true)).isTrue();
    }
}

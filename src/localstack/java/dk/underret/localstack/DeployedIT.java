package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests a deployed stack from outside: uploads files to S3 and checks the letters in SES and the records in the tables. */
@Tag("localstack")
@ExtendWith(Deployment.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeployedIT {
    private final Operator operator;

    DeployedIT(Operator operator) {
        this.operator = operator;
    }

    @Order(1)
    @ParameterizedTest
    @CsvSource({"komit", "bmw"})
    void sends_a_letter_to_everyone_on_a_samples_list(String sample) {
        operator.describe(sample, sample);
        var list = Operator.read(Path.of("events", sample, "list.csv"));

        var run = operator.send("incidents/" + sample + "/list.csv", list);

        assertThat(run).containsEntry("status", "SETTLED");
        assertThat(Operator.accepted(run)).isEqualTo(rows(list));
        assertThat(operator.records(sample))
                .hasSize(rows(list))
                .allSatisfy(record -> assertThat(record).containsKeys("accepted_at", "message_id"));
    }

    @Order(2)
    @Test
    void sends_two_thousand_letters() {
        operator.describe("mange", "komit");

        var run = operator.send("incidents/mange/list.csv", Operator.people(1, 2000, "silent.mange.example"));

        assertThat(run).containsEntry("status", "SETTLED").containsEntry("rows", "2000");
        assertThat(operator.letters("silent.mange.example")).hasSize(2000);
    }

    @Order(2)
    @Test
    void sends_no_letter_twice_when_the_same_list_is_uploaded_again() {
        operator.describe("igen", "komit");
        var list = Operator.people(1, 20, "igen.example");
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
    void refuses_a_list_for_an_incident_without_facts() {
        var run = operator.send("incidents/ukendt/list.csv", Operator.people(1, 1, "ukendt.example"));

        assertThat(run).containsEntry("status", "REFUSED");
        assertThat(operator.evidence("ukendt", run.get("run_id"), "problems.csv"))
                .contains("UNKNOWN_INCIDENT");
        assertThat(operator.letters("ukendt.example")).isEmpty();
    }

    /** In an event's key, LocalStack encodes a space as %20 and AWS as +. */
    @Order(2)
    @Test
    void reads_a_list_whose_name_has_a_space_a_plus_and_a_danish_letter() {
        operator.describe("navne", "komit");

        var run = operator.send("incidents/navne/1. æbler + pærer.CSV", Operator.people(1, 3, "navne.example"));

        assertThat(run).containsEntry("status", "SETTLED");
        assertThat(Operator.accepted(run)).isEqualTo(3);
        assertThat(operator.letters("navne.example")).hasSize(3);
    }

    @Order(3)
    @Test
    void moves_an_invalid_message_to_the_dead_letter_queue_and_continues() {
        operator.describe("gift", "komit");
        try (var queue = DispatchQueue.withOneReceive(operator.stack())) {
            queue.send("{\"no\":\"chunk\"}");
            var run = operator.send("incidents/gift/list.csv", Operator.people(1, 3, "gift.example"));

            assertThat(run).containsEntry("status", "SETTLED");
            assertThat(Operator.accepted(run)).isEqualTo(3);
            queue.awaitDeadLetter("{\"no\":\"chunk\"}"::equals);
        }
    }

    /** Returns the number of rows, as the run counts them. */
    private static int rows(String list) {
        return (int) list.lines().skip(1).filter(line -> !line.isBlank()).count();
    }
}

package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the uploads that precede a list, and their effect on it: facts, letters, drafts, approval and frozen notices. */
@Tag("localstack")
@ExtendWith(Deployment.class)
class FactsIT {
    private static final String DA = "checks/letters/%s/da.txt";

    private final Operator operator;

    FactsIT(Operator operator) {
        this.operator = operator;
    }

    @Test
    void stores_the_facts_of_an_incident_and_of_one_of_its_notices() {
        var facts = Operator.facts("komit").put("max_per_hour", 5000);
        var version = operator.upload("incidents/sag/incident.json", facts.toString());
        var own = operator.upload("incidents/sag/opfoelgning/notice.json", "{\"title\":\"Nyt om sagen\"}");

        Await.until(
                Operator.TIMEOUT,
                () -> own.equals(operator.facts("sag", "opfoelgning").get("source_version"))
                        && version.equals(operator.facts("sag", "incident").get("source_version")),
                () -> operator.facts("sag", "incident").keySet());
        assertThat(operator.facts("sag", "incident")).containsEntry("max_per_hour", "5000");
        assertThat(operator.facts("sag", "opfoelgning")).containsEntry("title", "Nyt om sagen");
    }

    @Test
    void reports_the_faults_of_an_uploaded_letter_with_their_lines() {
        var good = Operator.read(Path.of("events/komit/da.hbs"));

        operator.upload("letters/brev-godt/da.hbs", good);
        operator.upload("letters/brev-skidt/da.hbs", good + "\n\n{{{incident.name}}}\n");

        var line = good.lines().count() + 3;
        assertThat(check("brev-godt")).contains("Brevet er i orden for sig selv.");
        assertThat(check("brev-skidt"))
                .contains("da.hbs, linje " + line + ", {{{: BAD_LETTER")
                .doesNotContain("i orden");
    }

    @Test
    void previews_a_draft_sends_it_once_approved_and_refuses_later_changes() {
        operator.describe("kladde", "komit");
        var facts = Operator.facts("komit");
        var list = Operator.people(1, 3, "kladde.example");
        operator.upload(
                "incidents/kladde/incident.json",
                facts.deepCopy().put("status", "draft").toString());

        var draft = operator.send("incidents/kladde/list.csv", list);
        assertThat(draft).containsEntry("status", "DRAFT");
        assertThat(operator.object("WorkBucket", "previews/kladde/main/" + draft.get("run_id") + "/index.html"))
                .hasValueSatisfying(page -> assertThat(page)
                        .startsWith("<!DOCTYPE html>")
                        .contains("Prøve Person 1")
                        .doesNotContain("src=\"http"));
        assertThat(operator.letters("kladde.example")).isEmpty();

        operator.upload("incidents/kladde/incident.json", facts.toString());
        assertThat(operator.send("incidents/kladde/list.csv", list)).containsEntry("status", "SETTLED");
        assertThat(operator.letters("kladde.example")).hasSize(3);

        operator.upload(
                "incidents/kladde/incident.json",
                facts.put("title", "Noget andet er sket").toString());
        var changed = operator.send("incidents/kladde/flere.csv", Operator.people(4, 5, "kladde.example"));
        assertThat(changed).containsEntry("status", "REFUSED");
        assertThat(operator.evidence("kladde", changed.get("run_id"), "problems.csv"))
                .contains("FROZEN");
        assertThat(operator.letters("kladde.example")).hasSize(3);
    }

    private String check(String letter) {
        var key = DA.formatted(letter);
        Await.until(Operator.TIMEOUT, () -> operator.object("WorkBucket", key).isPresent(), () -> "no " + key);
        return operator.object("WorkBucket", key).orElseThrow();
    }
}

package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dk.underret.incident.FactsSchema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactsSchemaTest {
    @ParameterizedTest
    @CsvSource({
        "title, TEXT",
        "basis, TEXT",
        "controller, OBJECT",
        "controller.dpo.phone, TEXT",
        "sender.from, TEXT",
        "measures, LIST",
        "measures[], OBJECT",
        "measures[].text, TEXT",
        "affected_data[].items, LIST",
        "affected_data[].items[], TEXT",
        "affected_count, NUMBER",
        "bounce_limit, NUMBER",
        "paused, YES_NO",
        "exposure, OBJECT",
        "exposure.from, MOMENT",
        "authorities[].notified_at, MOMENT",
        "sections[].only_if.reminder, TEXT",
        "recommendations.links[].url, TEXT",
    })
    void knows_the_kind_of_a_path(String path, Kind kind) {
        assertThat(FactsSchema.kind(path)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contoller",
                "controller.fax",
                "measures.text",
                "measures[].texts",
                "title[]",
                "title.x",
                "controller.",
                "."
            })
    void does_not_know_other_paths(String path) {
        assertThat(FactsSchema.knows(path)).isFalse();
        assertThat(FactsSchema.kind(path)).isEqualTo(Optional.empty());
    }

    @Test
    void names_the_fields_of_an_object() {
        assertThat(names(FactsSchema.root().at("/properties/controller/properties/dpo")))
                .containsExactlyInAnyOrder("email", "name", "phone")
                .allMatch(name -> FactsSchema.knows("controller.dpo." + name));
        assertThat(names(FactsSchema.root().at("/properties/measures/items")))
                .containsExactlyInAnyOrder("by", "text", "when")
                .allMatch(name -> FactsSchema.knows("measures[]." + name));
        assertThat(names(FactsSchema.root())).contains("title", "not_told_by").allMatch(FactsSchema::knows);
    }

    private static List<String> names(JsonNode schema) {
        var names = new ArrayList<String>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }
}

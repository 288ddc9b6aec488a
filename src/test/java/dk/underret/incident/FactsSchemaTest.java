package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.FactsSchema.Kind;
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
    void knows_what_stands_at_a_path(String path, Kind kind) {
        assertThat(FactsSchema.kind(path)).contains(kind);
        assertThat(FactsSchema.isList(path)).isEqualTo(kind == Kind.LIST);
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
    void does_not_know_any_other(String path) {
        assertThat(FactsSchema.knows(path)).isFalse();
        assertThat(FactsSchema.kind(path)).isEqualTo(Optional.empty());
    }

    @Test
    void names_the_fields_of_an_object() {
        assertThat(FactsSchema.names("controller.dpo")).containsExactly("email", "name", "phone");
        assertThat(FactsSchema.names("measures[]")).containsExactly("by", "text");
        assertThat(FactsSchema.names("")).contains("title", "not_told_by").doesNotContain("$schema");
    }
}

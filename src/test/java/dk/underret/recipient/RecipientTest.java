package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Looks up a person's values. */
class RecipientTest {
    private static final Recipient ANNA =
            new Recipient(7, new RowValues(new ColumnIndex(new String[] {"name", "email"}), new String[] {
                "Anna Hansen", "anna@x.example"
            }));

    @Test
    void has_every_column_by_each_of_its_names() {
        assertThat(ANNA.values().get("name")).isEqualTo("Anna Hansen");
        assertThat(ANNA.values().get("Navn")).isEqualTo("Anna Hansen");
        assertThat(ANNA.values().get("E-mail")).isEqualTo("anna@x.example");
        assertThat(ANNA.values()).containsKeys("name", "navn", "email");
    }

    @Test
    void has_no_other_column() {
        assertThat(ANNA.values().containsKey("city")).isFalse();
        assertThat(ANNA.values().get("city")).isNull();
        assertThat(ANNA.values().get(7)).isNull();
        assertThat(ANNA.value("city")).isEmpty();
    }

    @Test
    void shows_its_row_only() {
        assertThat(ANNA).hasToString("row 7");
    }
}

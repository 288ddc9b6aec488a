package dk.underret.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunIdTest {
    private static final String ID = RunId.of("uploads", "incidents/komit/list.csv", "v1");

    @Test
    void is_32_lower_case_hex_digits_and_the_same_each_time() {
        assertThat(ID).matches("[0-9a-f]{32}").isEqualTo(RunId.of("uploads", "incidents/komit/list.csv", "v1"));
    }

    @Test
    void differs_by_bucket_key_and_version_and_by_where_one_ends() {
        assertThat(ID)
                .isNotEqualTo(RunId.of("other", "incidents/komit/list.csv", "v1"))
                .isNotEqualTo(RunId.of("uploads", "incidents/komit/list2.csv", "v1"))
                .isNotEqualTo(RunId.of("uploads", "incidents/komit/list.csv", "v2"))
                .isNotEqualTo(RunId.of("uploads", "incidents/komit/list.csvv", "1"));
    }
}

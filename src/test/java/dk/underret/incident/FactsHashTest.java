package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsHashTest {
    @Test
    void sorts_names_and_writes_no_white_space() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("b", List.of("x", true, List.of()));
        facts.put("a", Map.of("z", Map.of(), "y", "\"\n\\/æ"));
        facts.put("A", new BigDecimal("10.50"));

        assertThat(FactsHash.canonical(facts))
                .isEqualTo("{\"A\":10.5,\"a\":{\"y\":\"\\\"\\n\\\\/æ\",\"z\":{}},\"b\":[\"x\",true,[]]}");
    }

    @Test
    void hashes_the_canonical_form_in_utf_8() {
        // printf '{"a":"æ"}' | sha256sum
        assertThat(FactsHash.sha256(Map.of("a", "æ")))
                .isEqualTo("74157796d58e959e305300732e78780f9643f75b8b4f0c901fba36d5cf635b8d");
    }

    @Test
    void is_the_same_for_equal_numbers_in_different_notation() {
        var one = Map.<String, Object>of("n", new BigDecimal("100"), "m", new BigDecimal("0.0"));
        var other = Map.<String, Object>of("n", new BigDecimal("1E+2"), "m", 0);

        assertThat(FactsHash.sha256(one)).isEqualTo(FactsHash.sha256(other));
    }

    @Test
    void differs_for_different_facts() {
        assertThat(List.of(
                        FactsHash.canonical(Map.of("a", "1")),
                        FactsHash.canonical(Map.of("a", 1)),
                        FactsHash.canonical(Map.of("a", List.of("1"))),
                        FactsHash.canonical(Map.of("a", true)),
                        FactsHash.canonical(Map.of("a", "true"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void does_not_expand_a_number_with_a_huge_exponent() {
        assertThat(FactsHash.canonical(Map.of("n", new BigDecimal("1E+999999999"))))
                .hasSizeLessThan(30);
    }

    @Test
    void refuses_values_that_are_not_json() {
        var facts = new HashMap<String, Object>(Map.of("a", new Object()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactsHash.canonical(facts))
                .withMessage("no fact is a java.lang.Object");
    }
}

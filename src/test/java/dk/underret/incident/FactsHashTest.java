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
    void gives_equal_facts_one_hash_however_their_numbers_are_written() {
        var one = Map.<String, Object>of("n", new BigDecimal("100"), "m", new BigDecimal("0.0"));
        var other = Map.<String, Object>of("n", new BigDecimal("1E+2"), "m", 0);

        assertThat(FactsHash.sha256(one)).isEqualTo(FactsHash.sha256(other));
    }

    @Test
    void tells_apart_what_differs() {
        assertThat(List.of(
                        FactsHash.canonical(Map.of("a", "1")),
                        FactsHash.canonical(Map.of("a", 1)),
                        FactsHash.canonical(Map.of("a", List.of("1"))),
                        FactsHash.canonical(Map.of("a", true)),
                        FactsHash.canonical(Map.of("a", "true"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void does_not_write_out_a_number_without_end() {
        assertThat(FactsHash.canonical(Map.of("n", new BigDecimal("1E+999999999"))))
                .hasSizeLessThan(30);
    }

    @Test
    void refuses_what_is_no_fact() {
        var facts = new HashMap<String, Object>(Map.of("a", new Object()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactsHash.canonical(facts))
                .withMessage("no fact is a java.lang.Object");
    }
}

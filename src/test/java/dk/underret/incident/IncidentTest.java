package dk.underret.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentTest {
    private static final NoticeId NOTICE = new NoticeId("komit", "main");

    @Test
    void prefers_the_notices_facts_to_the_incidents() {
        var incident = Incident.of(
                NOTICE,
                Map.of("title", "Læk", "controller", Map.of("name", "Skolen", "phone", "12345678")),
                Optional.of(Map.of("controller", Map.of("name", "Gymnasiet"))));

        assertThat(incident.facts())
                .isEqualTo(Map.of("title", "Læk", "controller", Map.of("name", "Gymnasiet", "phone", "12345678")));
        assertThat(incident.file("controller.name")).isEqualTo("notice.json");
        assertThat(incident.file("title")).isEqualTo("incident.json");
    }

    @Test
    void keeps_its_facts_when_its_sources_change() {
        var items = new ArrayList<Object>(List.of("Navn"));
        var incident = incident(Map.of("consequences", items));
        items.add("Adresse");

        assertThat(incident.facts()).isEqualTo(Map.of("consequences", List.of("Navn")));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> incident.facts().put("title", "x"));
    }

    @Nested
    class Without_facts {
        private final Incident incident = incident(Map.of());

        @Test
        void is_a_draft_in_danish_with_the_shipped_letter() {
            assertThat(incident.status()).isEqualTo(NoticeStatus.DRAFT);
            assertThat(incident.language()).isEqualTo("da");
            assertThat(incident.letter()).isEqualTo("breach-notice");
            assertThat(incident.localeFallback()).isFalse();
        }

        @Test
        void has_no_sending_limits_except_the_default_bounce_limit() {
            assertThat(incident.paused()).isFalse();
            assertThat(incident.sendAfter()).isEmpty();
            assertThat(incident.maxPerHour()).isEmpty();
            assertThat(incident.bounceLimit()).isEqualTo(0.04);
        }

        @Test
        void has_nothing_else() {
            assertThat(incident.from()).isEmpty();
            assertThat(incident.replyTo()).isEmpty();
            assertThat(incident.title()).isEmpty();
            assertThat(incident.affectedCount()).isEmpty();
            assertThat(incident.notCpr()).isEmpty();
            assertThat(incident.previewTo()).isEmpty();
            assertThat(incident.toldBy()).isEmpty();
            assertThat(incident.notToldBy()).isEmpty();
            assertThat(incident.awareAt()).isEmpty();
        }
    }

    @Test
    void reads_all_fields_that_the_code_uses() {
        var facts = new HashMap<String, Object>();
        facts.put("status", "approved");
        facts.put("language", "en");
        facts.put("letter", "own");
        facts.put("locale_fallback", true);
        facts.put("sender", Map.of("from", " Skolen <a@skolen.example> ", "reply_to", "b@skolen.example"));
        facts.put("affected_count", new BigDecimal("120"));
        facts.put("not_cpr", List.of(" Member_No ", ""));
        facts.put("send_after", "2025-08-10T14:30:00+02:00");
        facts.put("max_per_hour", new BigDecimal("500"));
        facts.put("bounce_limit", new BigDecimal("0.1"));
        facts.put("preview_to", List.of("c@skolen.example"));
        facts.put("told_by", "main");
        facts.put("not_told_by", "second");
        var incident = incident(facts);

        assertThat(incident.status()).isEqualTo(NoticeStatus.APPROVED);
        assertThat(incident.language()).isEqualTo("en");
        assertThat(incident.letter()).isEqualTo("own");
        assertThat(incident.localeFallback()).isTrue();
        assertThat(incident.from()).contains("Skolen <a@skolen.example>");
        assertThat(incident.replyTo()).contains("b@skolen.example");
        assertThat(incident.affectedCount()).contains(120L);
        assertThat(incident.notCpr()).containsExactly("member_no");
        assertThat(incident.sendAfter()).isEqualTo(Moment.of("2025-08-10T12:30:00Z"));
        assertThat(incident.maxPerHour()).contains(500);
        assertThat(incident.bounceLimit()).isEqualTo(0.1);
        assertThat(incident.previewTo()).containsExactly("c@skolen.example");
        assertThat(incident.toldBy()).contains("main");
        assertThat(incident.notToldBy()).contains("second");
    }

    @ParameterizedTest
    @CsvSource({"approved, APPROVED", "closed, CLOSED", "draft, DRAFT", "Approved, DRAFT", "yes, DRAFT"})
    void is_approved_only_by_the_exact_status(String status, NoticeStatus read) {
        assertThat(incident(Map.of("status", status)).status()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "yes", "ja", "1", ""})
    void is_paused_by_every_value_except_a_no(String typed) {
        assertThat(incident(Map.of("paused", typed)).paused()).isTrue();
        assertThat(incident(Map.of("paused", true)).paused()).isTrue();
        assertThat(incident(Map.of("paused", "False")).paused()).isFalse();
        assertThat(incident(Map.of("paused", false)).paused()).isFalse();
    }

    @Nested
    class Frozen {
        @Test
        void omits_the_sending_options() {
            var facts = new HashMap<String, Object>(Map.of("title", "Læk", "told_by", "main", "own_field", "x"));
            for (var name : List.of(
                    "paused",
                    "send_after",
                    "max_per_hour",
                    "bounce_limit",
                    "preview_to",
                    "status",
                    "approved_by",
                    "approved_at",
                    "approved_version")) facts.put(name, "x");

            assertThat(incident(facts).frozenFacts())
                    .isEqualTo(Map.of("title", "Læk", "told_by", "main", "own_field", "x"));
        }

        @Test
        void has_a_hash_that_depends_on_the_title_and_not_on_the_pause() {
            var hash = incident(Map.of("title", "Læk")).sha256();

            assertThat(incident(Map.of("title", "Læk", "paused", true)).sha256())
                    .isEqualTo(hash);
            assertThat(incident(Map.of("title", "Brud")).sha256()).isNotEqualTo(hash);
        }
    }

    private static Incident incident(Map<String, Object> facts) {
        return Incident.of(NOTICE, facts, Optional.empty());
    }
}

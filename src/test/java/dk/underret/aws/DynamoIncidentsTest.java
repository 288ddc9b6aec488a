package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.Author;
import dk.underret.incident.FactsSource;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.incident.StoredFacts;
import dk.underret.testing.LocalDynamo;
import dk.underret.testing.LostAnswers;
import dk.underret.testing.Tables;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(LocalDynamo.class)
class DynamoIncidentsTest {
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00.123Z");
    private static final NoticeId MAIN = new NoticeId("komit", "main");
    private static final Map<String, Object> FACTS = Map.of(
            "title",
            "Brud på persondatasikkerheden",
            "status",
            "approved",
            "affected_count",
            new BigDecimal("48000"),
            "paused",
            false,
            "consequences",
            List.of(),
            "controller",
            Map.of("name", "Skole", "dpo", Map.of("email", "dpo@skole.example")),
            "systems",
            List.of(Map.of("name", "Arkiv"), Map.of("name", "Portal")));

    private LocalDynamo.Server server;
    private Tables tables;
    private Incidents incidents;

    @BeforeEach
    void create_tables(LocalDynamo.Server running) {
        server = running;
        tables = running.tables();
        incidents = new DynamoIncidents(server.client(), tables.incidents());
    }

    private static FactsSource source(String version, String sequencer, int second) {
        return new FactsSource(version, sequencer, "AWS:AIDA", NOW.plusSeconds(second));
    }

    private boolean store(Map<String, Object> facts, FactsSource source) {
        return incidents.store("komit", Optional.empty(), facts, source);
    }

    private static void assertStored(StoredFacts stored) {
        assertThat(new StoredFacts(stored.facts(), stored.source()))
                .isEqualTo(new StoredFacts(FACTS, Optional.of(source("v1", "0A", 0))));
    }

    /** Sets attributes as an operator does in the console. */
    private void set(String noticeId, Map<String, AttributeValue> attributes) {
        var item = new HashMap<>(attributes);
        server.client()
                .getItem(b -> b.tableName(tables.incidents()).key(key(noticeId)))
                .item()
                .forEach(item::putIfAbsent);
        item.putAll(key(noticeId));
        server.client().putItem(b -> b.tableName(tables.incidents()).item(item));
    }

    private static Map<String, AttributeValue> key(String noticeId) {
        return Map.of("incident_id", AttributeValue.fromS("komit"), "notice_id", AttributeValue.fromS(noticeId));
    }

    @Test
    void facts_are_read_as_stored_with_their_upload() {
        assertThat(incidents.incident("komit")).isEmpty();
        assertThat(store(FACTS, source("v1", "0A", 0))).isTrue();
        assertThat(incidents.incident("komit")).hasValueSatisfying(DynamoIncidentsTest::assertStored);
        assertThat(incidents.notice(MAIN)).isEmpty();
    }

    @Test
    void a_notices_own_facts_are_stored_separately() {
        incidents.store("komit", Optional.of("main"), FACTS, source("v1", "0A", 0));
        assertThat(incidents.notice(MAIN)).hasValueSatisfying(DynamoIncidentsTest::assertStored);
        assertThat(incidents.incident("komit")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0055AED6DCD90281E5, 0055AED6DCD90281E6, true",
        "0055AED6DCD90281E6, 0055AED6DCD90281E5, false",
        "0055AED6DC,         0055AED6DCD9,       true",
        "0055AED6DC,         0055AED7,           true",
        "0055AED7,           0055AED6DC,         false",
        "0055AED6,           0055AED600,         false",
        "0055aed6,           0055AED7,           true",
    })
    void the_later_sequencer_wins(String before, String after, boolean stored) {
        store(FACTS, source("v1", before, 5));
        assertThat(store(Map.of("title", "Nyt"), source("v2", after, 0))).isEqualTo(stored);
        assertThat(incidents.incident("komit").orElseThrow().facts().get("title"))
                .isEqualTo(stored ? "Nyt" : FACTS.get("title"));
    }

    @Test
    void without_a_sequencer_the_later_time_wins() {
        store(FACTS, source("v1", "0A", 5));
        assertThat(store(FACTS, source("v2", "", 5))).isFalse();
        assertThat(store(FACTS, source("v2", "", 6))).isTrue();
        assertThat(store(FACTS, source("v1", "0A", 5))).isFalse();
        assertThat(store(FACTS, source("v3", "0B", 6))).isFalse();
    }

    @Test
    void an_event_adds_the_uploader_to_a_version_that_was_read_without_it() {
        store(FACTS, new FactsSource("v1", "", "", NOW));
        assertThat(store(FACTS, source("v1", "0A", -1))).isTrue();
        assertThat(store(FACTS, source("v1", "0A", -1))).isFalse();
        assertThat(store(FACTS, new FactsSource("v1", "", "", NOW))).isFalse();
        assertThat(incidents.incident("komit").orElseThrow().source()).contains(source("v1", "0A", -1));
    }

    @Test
    void a_null_in_a_notices_own_facts_is_kept() {
        var facts = new HashMap<String, Object>();
        facts.put("verify", null);
        facts.put("controller", new HashMap<>(facts));
        incidents.store("komit", Optional.of("main"), facts, source("v1", "0A", 0));
        assertThat(incidents.notice(MAIN).orElseThrow().facts()).isEqualTo(facts);
        store(facts, source("v2", "0A", 0));
        assertThat(incidents.incident("komit").orElseThrow().facts()).isEqualTo(Map.of("controller", Map.of()));
    }

    @Test
    void new_facts_replace_the_old_and_keep_an_operators_pause() {
        store(FACTS, source("v1", "0A", 0));
        set(
                "incident",
                Map.of(
                        "paused", AttributeValue.fromBool(true),
                        "max_per_hour", AttributeValue.fromN("500"),
                        "approved_by", AttributeValue.fromS("AIDA")));
        store(Map.of("title", "Nyt", "status", "draft"), source("v2", "0B", 1));
        assertThat(incidents.incident("komit").orElseThrow().facts())
                .isEqualTo(Map.of(
                        "title", "Nyt", "status", "draft", "paused", true, "max_per_hour", new BigDecimal("500")));
    }

    @Test
    void facts_written_to_the_table_by_hand_have_no_upload_and_are_replaced_by_one() {
        set("incident", Map.of("title", AttributeValue.fromS("Fra konsollen"), "note", AttributeValue.fromNul(true)));
        assertThat(incidents.incident("komit"))
                .contains(new StoredFacts(Map.of("title", "Fra konsollen"), Optional.empty()));
        assertThat(store(FACTS, source("v1", "0A", 0))).isTrue();
    }

    private Optional<String> author() {
        return incidents.incident("komit").flatMap(StoredFacts::knownAuthor).map(Author::principal);
    }

    private static FactsSource by(String principal, int second) {
        return new FactsSource("v" + second, "%02X".formatted(second), principal, NOW.plusSeconds(second));
    }

    @Test
    void the_author_stays_until_the_facts_change() {
        store(FACTS, by("anna", 1));
        var paused = new HashMap<>(FACTS);
        paused.put("paused", true);
        paused.put("approved_by", "Bo");
        paused.put("affected_count", new BigDecimal("4.8E+4"));
        store(paused, by("bo", 2));
        assertThat(incidents.incident("komit").flatMap(StoredFacts::knownAuthor).orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("sha256")
                .isEqualTo(new Author("v1", "anna", NOW.plusSeconds(1), ""));
        set("incident", Map.of("max_per_hour", AttributeValue.fromN("500")));
        assertThat(author()).contains("anna");

        store(Map.of("title", "Nyt", "status", "approved"), by("bo", 3));
        assertThat(author()).contains("bo");
    }

    @Test
    void a_null_in_the_shared_facts_does_not_change_the_author() {
        var facts = new HashMap<>(FACTS);
        facts.put("verify", null);
        store(facts, by("anna", 1));
        assertThat(author()).contains("anna");
        store(FACTS, by("bo", 2));
        assertThat(author()).contains("anna");
    }

    @Test
    void facts_that_were_changed_in_the_table_have_no_author() {
        store(FACTS, by("anna", 1));
        set("incident", Map.of("title", AttributeValue.fromS("Fra konsollen")));
        assertThat(author()).isEmpty();
        store(FACTS, by("bo", 2));
        assertThat(author()).contains("bo");
    }

    @Test
    void facts_read_before_their_event_get_their_author_from_it() {
        store(FACTS, new FactsSource("v1", "", "", NOW));
        assertThat(author()).isEmpty();
        store(FACTS, source("v1", "0A", -1));
        assertThat(author()).contains("AWS:AIDA");
    }

    @Test
    void an_upload_whose_response_was_lost_is_stored() {
        try (var answers = new LostAnswers(Apache5HttpClient.create());
                var client = server.builder(answers).build()) {
            var losing = new DynamoIncidents(client, tables.incidents());
            answers.loseNext("UpdateItem");
            assertThat(losing.store("komit", Optional.empty(), FACTS, source("v1", "0A", 0)))
                    .isTrue();
            assertThat(answers.lost()).isEqualTo(1);
        }
        assertThat(incidents.incident("komit")).hasValueSatisfying(DynamoIncidentsTest::assertStored);
    }

    @Test
    void a_notice_is_frozen_once() {
        var frozen = new FrozenNotice(
                MAIN,
                FACTS,
                "f".repeat(64),
                List.of(new FrozenLetter("breach-notice", "da", "shipped", "c".repeat(64))),
                List.of("email", "name"),
                16,
                NOW,
                "0f");
        assertThat(incidents.frozen(MAIN)).isEmpty();
        assertThat(incidents.freeze(frozen)).isEqualTo(frozen);
        var other = new FrozenNotice(
                MAIN, Map.of(), "0".repeat(64), List.of(), List.of("recipient_id"), 1, NOW.plusSeconds(1), "1f");
        assertThat(incidents.freeze(other)).isEqualTo(frozen);
        assertThat(incidents.frozen(MAIN)).contains(frozen);
        assertThat(incidents.notice(MAIN)).isEmpty();
    }
}

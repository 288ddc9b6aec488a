package dk.underret.aws;

import static dk.underret.ledger.SendStatus.ACCEPTED;
import static dk.underret.ledger.SendStatus.BOUNCED;
import static dk.underret.ledger.SendStatus.COMPLAINED;
import static dk.underret.ledger.SendStatus.DELIVERED;
import static dk.underret.ledger.SendStatus.HELD;
import static dk.underret.ledger.SendStatus.POSTED;
import static dk.underret.ledger.SendStatus.SENDING;
import static dk.underret.ledger.SendStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.incident.NoticeId;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.SentLetter;
import dk.underret.ledger.Trigger;
import dk.underret.testing.SendRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SendItemTest {
    private static final NoticeId NOTICE = new NoticeId("i".repeat(63), "n".repeat(63));
    private static final String PARTITION = NOTICE + "#f";
    private static final Instant AT = Instant.parse("2026-09-01T08:00:00.123456Z");

    /**
     * The longest history of one attempt: accepted without a response, held, then every event that a sent message can have, and
     * informed by post. The statuses suppressed, rejected and failed belong to messages that were not sent.
     */
    private static final List<SendStatus> LONGEST_LIFE =
            List.of(SENDING, UNKNOWN, HELD, ACCEPTED, DELIVERED, BOUNCED, COMPLAINED, POSTED);

    @Test
    void the_longest_record_fits_one_write_unit() {
        var item = new HashMap<>(SendItem.of(PARTITION, longest(COMPLAINED)));
        item.put("auto_reply_at", Attributes.time(AT));
        item.put("posted_at", Attributes.time(AT));
        assertThat(item).containsKeys("problem", "message_id", "code", "letter", "digest", "posted_at");
        assertThat(size(item)).isLessThanOrEqualTo(1024);
    }

    @Test
    void an_item_is_read_as_the_record_that_was_written() {
        for (var status : LONGEST_LIFE) {
            var record = longest(status);
            assertThat(record.status()).isEqualTo(status);
            assertThat(SendItem.record(SendItem.of(PARTITION, record)))
                    .usingRecursiveComparison()
                    .ignoringFieldsMatchingRegexes(".*\\bat")
                    .isEqualTo(record);
        }
        var read = SendItem.record(SendItem.of(PARTITION, longest(POSTED)));
        assertThat(read.newest().at())
                .containsOnlyKeys(
                        AttemptStatus.SENDING,
                        AttemptStatus.UNKNOWN,
                        AttemptStatus.HELD,
                        AttemptStatus.ACCEPTED,
                        AttemptStatus.DELIVERED,
                        AttemptStatus.BOUNCED,
                        AttemptStatus.COMPLAINED)
                .containsEntry(AttemptStatus.HELD, Instant.parse("2026-09-01T08:00:00.123Z"));
        assertThat(read.since()).contains(Instant.parse("2026-09-01T08:00:00.123Z"));
    }

    @Test
    void only_a_problem_is_in_the_index() {
        for (var status : LONGEST_LIFE)
            assertThat(SendItem.of(PARTITION, longest(status)).containsKey("problem"))
                    .as(status.name())
                    .isEqualTo(List.of(UNKNOWN, HELD, BOUNCED, COMPLAINED).contains(status));
    }

    private static SendRecord longest(SendStatus status) {
        if (status == POSTED)
            return longest(COMPLAINED)
                    .ended(Trigger.POST, SendRecords.DECISION, AT)
                    .orElseThrow();
        var times = new EnumMap<SendStatus, Instant>(SendStatus.class);
        for (var entered : LONGEST_LIFE.subList(0, LONGEST_LIFE.indexOf(status) + 1)) times.put(entered, AT);
        return SendRecords.of(
                new SendKey(NOTICE, "f".repeat(64)),
                status,
                9_999,
                "t".repeat(22),
                new Origin("r".repeat(32), 20_000_001),
                Optional.of(new SentLetter(
                        new LetterVersion("l".repeat(64), "zh-Hant-HK", "v".repeat(32)), "d".repeat(64))),
                Optional.of("m".repeat(60)),
                Optional.of("ConfigurationSetSendingPausedException"),
                times);
    }

    /** Reads stored items as states and writes them unchanged. */
    @Nested
    class A_stored_item {
        @ParameterizedTest(name = "{0}, {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                ACCEPTED  | ACCEPTED     | sending_at=1 accepted_at=2 message_id=id
                BOUNCED   | SOFT_BOUNCED | sending_at=1 accepted_at=2 soft_bounced_at=3 code=Transient.General problem=BOUNCED#3
                BOUNCED   | BOUNCED      | sending_at=1 bounced_at=3 code=Permanent.General problem=BOUNCED#3
                BOUNCED   | BOUNCED      | sending_at=1 soft_bounced_at=2 bounced_at=3 problem=BOUNCED#3
                DELIVERED | DELIVERED    | sending_at=1 delivered_at=2 auto_reply_at=3
                BOUNCED   | BOUNCED      | sending_at=1 delivered_at=2 auto_reply_at=3 bounced_at=4 problem=BOUNCED#4
                HELD      | HELD         | sending_at=1 unknown_at=2 held_at=3 problem=HELD#3
                INVALID   | INVALID      | attempt=0 token= code=BAD_ADDRESS invalid_at=1 problem=INVALID#1
                SENDING   | SENDING      | attempt=2 sending_at=3 resent=decision earlier=HELD,sending_at:1,held_at:2
                BOUNCED   | SOFT_BOUNCED | attempt=2 sending_at=3 soft_bounced_at=4 resent=decision earlier=BOUNCED,bounced_at:2 problem=BOUNCED#4
                DELIVERED | BOUNCED      | attempt=2 sending_at=3 bounced_at=4 attempt_status=BOUNCED resent=decision earlier=DELIVERED,delivered_at:2,auto_reply_at:2
                DELIVERED | SENDING      | attempt=2 sending_at=3 attempt_status=SENDING resent=decision earlier=DELIVERED,delivered_at:2
                CLOSED    | HELD         | sending_at=1 unknown_at=2 held_at=3 closed_at=4 ended=decision
                POSTED    | SOFT_BOUNCED | sending_at=1 soft_bounced_at=2 posted_at=3 ended=decision
                CLOSED    | FAILED       | sending_at=1 failed_at=2 closed_at=3 code=MessageRejected ended=decision
                """)
        void is_read_as_its_states_and_written_unchanged(SendStatus status, AttemptStatus newest, String attributes) {
            var item = item(status, attributes);

            var record = SendItem.record(item);

            assertThat(record.status()).isEqualTo(status);
            assertThat(record.newest().status()).isEqualTo(newest);
            assertThat(SendItem.of("komit/main", record)).isEqualTo(item);
        }

        @ParameterizedTest(name = "{0}, {1}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                CLOSED | DELIVERED | sending_at=1 held_at=2 closed_at=3 delivered_at=4 attempt_status=DELIVERED ended=decision
                CLOSED | BOUNCED   | sending_at=1 bounced_at=2 closed_at=3 accepted_at=4 attempt_status=BOUNCED ended=decision
                CLOSED | HELD      | attempt=2 held_at=2 closed_at=3 ended=decision resent=decision earlier=ACCEPTED,accepted_at:4
                """)
        void that_an_operator_closed_contains_the_later_report_of_ses(
                SendStatus status, AttemptStatus newest, String attributes) {
            var item = item(status, attributes);

            var record = SendItem.record(item);

            assertThat(record.status()).isEqualTo(status);
            assertThat(record.newest().status()).isEqualTo(newest);
            assertThat(SendItem.afterEvent("komit/main", record)).isEqualTo(item);
        }

        @Test
        void of_a_late_settle_after_a_delivery_by_an_earlier_attempt_is_accepted() {
            var record = SendItem.record(item(
                    DELIVERED,
                    "attempt=2 sending_at=3 accepted_at=4 attempt_status=SENDING resent=decision "
                            + "earlier=DELIVERED,delivered_at:2"));

            assertThat(record.status()).isEqualTo(DELIVERED);
            assertThat(record.newest().status()).isEqualTo(AttemptStatus.ACCEPTED);
        }

        private static Map<String, AttributeValue> item(SendStatus status, String attributes) {
            var item = new HashMap<String, AttributeValue>();
            var recipient = "a".repeat(64);
            item.put("notice", AttributeValue.fromS("komit/main"));
            item.put("recipient", AttributeValue.fromS(recipient));
            item.put("status", AttributeValue.fromS(status.name()));
            item.put("attempt", AttributeValue.fromN("1"));
            item.put("token", AttributeValue.fromS("two"));
            item.put("run", AttributeValue.fromS("r1"));
            item.put("row", AttributeValue.fromN("17"));
            for (var pair : attributes.strip().split(" +")) {
                var name = pair.substring(0, pair.indexOf('='));
                var value = pair.substring(pair.indexOf('=') + 1);
                item.put(name, value(name, value, recipient));
            }
            if (item.get("token").s().isEmpty()) item.remove("token");
            return item;
        }

        private static AttributeValue value(String name, String value, String recipient) {
            return switch (name) {
                case "attempt" -> AttributeValue.fromN(value);
                case "resent", "ended" ->
                    AttributeValue.fromM(
                            Map.of("run", AttributeValue.fromS("r2"), "by", AttributeValue.fromS("AWS:BIRTE")));
                case "problem" -> {
                    var hash = value.indexOf('#');
                    yield AttributeValue.fromS(
                            value.substring(0, hash) + "#" + time(value.substring(hash + 1)) + "#" + recipient);
                }
                case "earlier" -> AttributeValue.fromL(List.of(earlier(value.split(","))));
                default -> AttributeValue.fromS(name.endsWith("_at") ? time(value) : value);
            };
        }

        private static AttributeValue earlier(String... parts) {
            var map = new HashMap<String, AttributeValue>();
            map.put("attempt", AttributeValue.fromN("1"));
            map.put("token", AttributeValue.fromS("one"));
            map.put("status", AttributeValue.fromS(parts[0]));
            for (int i = 1; i < parts.length; i++) {
                var colon = parts[i].indexOf(':');
                map.put(parts[i].substring(0, colon), AttributeValue.fromS(time(parts[i].substring(colon + 1))));
            }
            return AttributeValue.fromM(map);
        }

        private static String time(String second) {
            return "2026-09-01T08:00:0" + second + ".000Z";
        }
    }

    /**
     * Returns the size of an item in bytes: UTF-8 for names and strings, one byte per two digits plus one for numbers (Amazon
     * DynamoDB Developer Guide, "DynamoDB item sizes and formats"). Adds one byte as a margin.
     */
    private static int size(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .mapToInt(entry -> utf8(entry.getKey()) + size(entry.getValue()))
                .sum();
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case N -> (value.n().length() + 1) / 2 + 2;
            default -> throw new AssertionError("unexpected type in a send record: " + value.type());
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

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
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class SendItemTest {
    private static final NoticeId NOTICE = new NoticeId("i".repeat(63), "n".repeat(63));
    private static final String PARTITION = NOTICE + "#f";
    private static final Instant AT = Instant.parse("2026-09-01T08:00:00.123456Z");

    /**
     * What one attempt can bring together at the most: accepted without an answer, held, then every event that a message that
     * went out can have, and told by post. Suppressed, rejected and failed are of messages that did not go out.
     */
    private static final List<SendStatus> LONGEST_LIFE =
            List.of(SENDING, UNKNOWN, HELD, ACCEPTED, DELIVERED, BOUNCED, COMPLAINED, POSTED);

    @Test
    void the_longest_record_fits_one_write_unit() {
        var item = new HashMap<>(SendItem.of(PARTITION, longest(COMPLAINED)));
        item.put("auto_reply_at", Attributes.time(AT));
        assertThat(item).containsKeys("problem", "message_id", "code", "letter", "digest", "posted_at");
        assertThat(size(item)).isLessThanOrEqualTo(1024);
    }

    @Test
    void an_item_reads_back_as_the_record_that_it_was_made_of() {
        var record = longest(HELD);
        assertThat(SendItem.record(SendItem.of(PARTITION, record)))
                .usingRecursiveComparison()
                .ignoringFields("at")
                .isEqualTo(record);
        assertThat(SendItem.record(SendItem.of(PARTITION, record)).at())
                .containsOnlyKeys(LONGEST_LIFE)
                .containsEntry(HELD, Instant.parse("2026-09-01T08:00:00.123Z"));
    }

    @Test
    void only_a_problem_stands_in_the_index() {
        for (var status : LONGEST_LIFE)
            assertThat(SendItem.of(PARTITION, longest(status)).containsKey("problem"))
                    .as(status.name())
                    .isEqualTo(List.of(UNKNOWN, HELD, BOUNCED, COMPLAINED).contains(status));
    }

    private static SendRecord longest(SendStatus status) {
        var times = new EnumMap<SendStatus, Instant>(SendStatus.class);
        for (var entered : LONGEST_LIFE) times.put(entered, AT);
        return new SendRecord(
                new SendKey(NOTICE, "f".repeat(64)),
                status,
                9_999,
                "t".repeat(22),
                "r".repeat(32),
                20_000_001,
                Optional.of(new LetterVersion("l".repeat(64), "zh-Hant-HK", "v".repeat(32))),
                Optional.of("d".repeat(64)),
                Optional.of("m".repeat(60)),
                Optional.of("ConfigurationSetSendingPausedException"),
                times);
    }

    /**
     * Bytes of an item as DynamoDB counts them: names and texts in UTF-8, a number one byte for two digits and one more (Amazon
     * DynamoDB Developer Guide, "DynamoDB item sizes and formats"); one more still, to be on the safe side.
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
            default -> throw new AssertionError("no such type in a send record: " + value.type());
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

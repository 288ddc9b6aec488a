package dk.underret.aws;

import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A send record as an item of the sends table. Its attributes are named for who reads them in the console:
 *
 * <pre>
 *  notice      incident/notice, or incident/notice#f       recipient   HMAC, hex
 *  status      ACCEPTED                                    problem     FAILED#2026-09-01T08:00:00.000Z#&lt;recipient&gt;
 *  attempt     1                                           token       of the newest claim
 *  run, row    where the row stood                         letter      breach-notice/da@shipped
 *  digest      SHA-256 of the letter sent                  message_id  SES's
 *  code        SES's, or the row's                         sending_at, accepted_at, … one for each status
 * </pre>
 *
 * and what {@link HistoryItem} adds. The item stays within one write unit, 1,024 bytes, with the longest of everything that one
 * attempt can bring together; only what a person decides makes it longer.
 */
final class SendItem {
    static final String NOTICE = "notice";
    static final String RECIPIENT = "recipient";
    static final String STATUS = "status";
    static final String ATTEMPT = "attempt";
    static final String TOKEN = "token";
    static final String RUN = "run";
    static final String ROW = "row";
    static final String LETTER = "letter";
    static final String DIGEST = "digest";
    static final String MESSAGE_ID = "message_id";
    static final String CODE = "code";
    static final String PROBLEM = "problem";

    /** Every attribute of a record, present or not: who writes on the condition that nothing changed compares them all. */
    static final Set<String> ALL = Stream.concat(
                    Stream.of(
                            NOTICE,
                            RECIPIENT,
                            STATUS,
                            ATTEMPT,
                            TOKEN,
                            RUN,
                            ROW,
                            LETTER,
                            DIGEST,
                            MESSAGE_ID,
                            CODE,
                            PROBLEM),
                    Stream.concat(
                            HistoryItem.ALL.stream(),
                            Arrays.stream(SendStatus.values()).map(SendItem::at)))
            .collect(Collectors.toUnmodifiableSet());

    private SendItem() {}

    /** Returns the primary key of a record that is stored in a partition. */
    static Map<String, AttributeValue> key(String partition, SendKey key) {
        return Map.of(
                NOTICE, Attributes.text(partition),
                RECIPIENT, Attributes.text(key.recipient()));
    }

    static SendKey keyOf(Map<String, AttributeValue> item) {
        return new SendKey(
                NoticePartitions.noticeOf(Attributes.text(item, NOTICE)), Attributes.text(item, RECIPIENT));
    }

    /** The attribute that holds when a status was entered. */
    static String at(SendStatus status) {
        return status.name().toLowerCase(Locale.ROOT) + "_at";
    }

    /** The key in the index of problems, for a status that is one. */
    static AttributeValue problem(SendStatus status, Instant since, SendKey key) {
        return Attributes.text(status + "#" + Attributes.timeText(since) + "#" + key.recipient());
    }

    static Map<String, AttributeValue> of(String partition, SendRecord send) {
        var item = new LinkedHashMap<>(key(partition, send.key()));
        item.put(STATUS, Attributes.text(send.status().name()));
        item.put(ATTEMPT, Attributes.number(send.attempt()));
        Attributes.put(item, TOKEN, send.token());
        item.put(RUN, Attributes.text(send.originRun()));
        item.put(ROW, Attributes.number(send.originRow()));
        send.letter().ifPresent(letter -> item.put(LETTER, Attributes.text(letter.toString())));
        send.digest().ifPresent(digest -> item.put(DIGEST, Attributes.text(digest)));
        send.messageId().ifPresent(id -> item.put(MESSAGE_ID, Attributes.text(id)));
        send.code().ifPresent(code -> item.put(CODE, Attributes.text(code)));
        send.at().forEach((status, at) -> item.put(at(status), Attributes.time(at)));
        if (send.status().problem())
            send.since().ifPresent(since -> item.put(PROBLEM, problem(send.status(), since, send.key())));
        HistoryItem.put(item, send);
        return item;
    }

    static SendRecord record(Map<String, AttributeValue> item) {
        return new SendRecord(
                keyOf(item),
                status(item),
                (int) Attributes.number(item, ATTEMPT),
                Attributes.text(item, TOKEN),
                Attributes.text(item, RUN),
                Attributes.number(item, ROW),
                Attributes.optional(item, LETTER).map(LetterVersion::parse),
                Attributes.optional(item, DIGEST),
                Attributes.optional(item, MESSAGE_ID),
                Attributes.optional(item, CODE),
                times(item),
                HistoryItem.of(item));
    }

    static SendStatus status(Map<String, AttributeValue> item) {
        return SendStatus.valueOf(Attributes.text(item, STATUS));
    }

    static Map<SendStatus, Instant> times(Map<String, AttributeValue> item) {
        var times = new EnumMap<SendStatus, Instant>(SendStatus.class);
        for (var status : SendStatus.values()) Attributes.time(item, at(status)).ifPresent(at -> times.put(status, at));
        return times;
    }
}

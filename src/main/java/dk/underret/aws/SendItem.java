package dk.underret.aws;

import dk.underret.ledger.Attempt;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Closure;
import dk.underret.ledger.Decision;
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.SentLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A send record as an item of the sends table. The attribute names are chosen for people who read them in the console:
 *
 * <pre>
 *  notice      incident/notice, or incident/notice#f       recipient   HMAC, hex
 *  status      ACCEPTED                                    problem     FAILED#2026-09-01T08:00:00.000Z#&lt;recipient&gt;
 *  run, row    the origin                                  letter      breach-notice/da@shipped
 *  digest      SHA-256 of the letter sent                  closed_at, posted_at, when a person ended it
 * </pre>
 *
 * The newest attempt adds the attributes of {@link AttemptItem}. These attributes are written only when they are needed, and never
 * for a letter that is sent and delivered:
 *
 * <pre>
 *  attempt_status  the newest attempt's status, where the record has another
 *  resent, ended   the {@link DecisionItem} that started the newest attempt, or ended the dispatch
 *  earlier         the attempts before the newest, oldest first
 * </pre>
 *
 * The item fits one write unit, 1,024 bytes, with the longest values that one attempt can collect; only decisions make it longer.
 */
final class SendItem {
    static final String NOTICE = "notice";
    static final String RECIPIENT = "recipient";
    static final String STATUS = "status";
    static final String RUN = "run";
    static final String PROBLEM = "problem";
    private static final String ROW = "row";
    private static final String LETTER = "letter";
    private static final String DIGEST = "digest";
    private static final String ATTEMPT_STATUS = "attempt_status";
    private static final String RESENT = "resent";
    private static final String ENDED = "ended";
    private static final String EARLIER = "earlier";

    /** All attributes of a record. A write on the condition that the record is unchanged compares each of them. */
    static final Set<String> ALL = Stream.concat(
                    Stream.of(
                            NOTICE,
                            RECIPIENT,
                            STATUS,
                            RUN,
                            PROBLEM,
                            ROW,
                            LETTER,
                            DIGEST,
                            ATTEMPT_STATUS,
                            RESENT,
                            ENDED,
                            EARLIER,
                            at(SendStatus.CLOSED),
                            at(SendStatus.POSTED)),
                    AttemptItem.ALL.stream())
            .collect(Collectors.toUnmodifiableSet());

    private SendItem() {}

    /** Returns the primary key of a record that is stored in a partition. */
    static Map<String, AttributeValue> key(String partition, SendKey key) {
        return Map.of(
                NOTICE, Attributes.text(partition),
                RECIPIENT, Attributes.text(key.recipient()));
    }

    /** Returns the attribute that holds when a status was entered. */
    static String at(SendStatus status) {
        return status.name().toLowerCase(Locale.ROOT) + "_at";
    }

    /** Returns the key in the problem index, for a status that is a problem. */
    static AttributeValue problem(SendStatus status, Instant since, SendKey key) {
        return Attributes.text(status + "#" + Attributes.timeText(since) + "#" + key.recipient());
    }

    /** Writes a record. */
    static Map<String, AttributeValue> of(String partition, SendRecord send) {
        var item = new LinkedHashMap<>(key(partition, send.key()));
        var status = send.status();
        var newest = send.newest();
        item.put(STATUS, Attributes.text(status.name()));
        item.put(RUN, Attributes.text(send.origin().run()));
        item.put(ROW, Attributes.number(send.origin().row()));
        newest.letter().ifPresent(letter -> {
            item.put(LETTER, Attributes.text(letter.version().toString()));
            item.put(DIGEST, Attributes.text(letter.digest()));
        });
        AttemptItem.put(item, newest);
        if (status.problem()) send.since().ifPresent(since -> item.put(PROBLEM, problem(status, since, send.key())));
        newest.resend().ifPresent(decision -> item.put(RESENT, DecisionItem.of(decision)));
        send.closed().ifPresent(closure -> {
            item.put(at(closure.status()), Attributes.time(closure.at()));
            item.put(ENDED, DecisionItem.of(closure.decision()));
        });
        if (send.closed().isEmpty() && newest.status().sendStatus() != status) putAttemptStatus(item, newest);
        if (send.attempts().size() > 1)
            item.put(
                    EARLIER,
                    AttributeValue.fromL(
                            send.earlier().stream().map(AttemptItem::earlier).toList()));
        return item;
    }

    /** Writes a record after an event. If a person ended it, the item also has the status that SES reported. */
    static Map<String, AttributeValue> afterEvent(String partition, SendRecord send) {
        var item = of(partition, send);
        var newest = send.newest();
        if (send.closed().isPresent() && newest.status().isReported()) putAttemptStatus(item, newest);
        return item;
    }

    private static void putAttemptStatus(Map<String, AttributeValue> item, Attempt attempt) {
        item.put(ATTEMPT_STATUS, Attributes.text(attempt.status().sendStatus().name()));
    }

    /** Reads a record. */
    static SendRecord record(Map<String, AttributeValue> item) {
        var attempts = new ArrayList<Attempt>();
        Optional.ofNullable(item.get(EARLIER)).map(AttributeValue::l).orElse(List.of()).stream()
                .map(AttemptItem::earlier)
                .forEach(attempts::add);
        attempts.add(AttemptItem.read(item, newestStatus(item), letter(item), decision(item, RESENT)));
        return new SendRecord(
                new SendKey(NoticePartitions.noticeOf(Attributes.text(item, NOTICE)), Attributes.text(item, RECIPIENT)),
                new Origin(Attributes.text(item, RUN), Attributes.number(item, ROW)),
                attempts,
                closure(item));
    }

    /** Reads a record's status. */
    static SendStatus status(Map<String, AttributeValue> item) {
        return SendStatus.valueOf(Attributes.text(item, STATUS));
    }

    /** Derives the newest attempt's status from its times where an ended record does not store it: see {@link #afterEvent}. */
    private static AttemptStatus newestStatus(Map<String, AttributeValue> item) {
        var times = AttemptItem.times(item);
        var ended = item.containsKey(ENDED) && !item.containsKey(ATTEMPT_STATUS);
        if (ended && !times.isEmpty()) return Collections.max(times.keySet());
        return AttemptItem.status(
                Attributes.optional(item, ATTEMPT_STATUS).orElseGet(() -> Attributes.text(item, STATUS)), times);
    }

    private static Optional<SentLetter> letter(Map<String, AttributeValue> item) {
        return Attributes.optional(item, LETTER)
                .map(LetterVersion::parse)
                .map(version -> new SentLetter(version, Attributes.text(item, DIGEST)));
    }

    private static Optional<Closure> closure(Map<String, AttributeValue> item) {
        var status = status(item);
        return decision(item, ENDED)
                .map(decision -> new Closure(status, Attributes.timeOf(item, at(status)), decision));
    }

    private static Optional<Decision> decision(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::m).map(DecisionItem::read);
    }
}

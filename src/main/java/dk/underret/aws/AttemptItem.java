package dk.underret.aws;

import dk.underret.ledger.Attempt;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Decision;
import dk.underret.ledger.SentLetter;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An {@link Attempt} as attributes. The newest attempt's are attributes of the send record; an earlier attempt is a map in the list
 * {@code earlier}.
 *
 * <pre>
 *  attempt     the number                                  token       the claim's
 *  message_id  SES's id                                    code        SES's error code, or the row's finding codes
 *  sending_at, accepted_at, … the time of each state; a soft bounce is soft_bounced_at, or auto_reply_at beside a delivery
 *  status      of an earlier attempt; BOUNCED for both kinds of bounce
 * </pre>
 */
final class AttemptItem {
    static final String ATTEMPT = "attempt";
    static final String TOKEN = "token";
    static final String MESSAGE_ID = "message_id";
    static final String CODE = "code";
    private static final String STATUS = "status";
    private static final String AUTO_REPLY_AT = "auto_reply_at";

    /** All attributes that {@link #put} may write. */
    static final Set<String> ALL = Stream.concat(
                    Stream.of(ATTEMPT, TOKEN, MESSAGE_ID, CODE, AUTO_REPLY_AT),
                    Arrays.stream(AttemptStatus.values()).map(AttemptItem::at))
            .collect(Collectors.toUnmodifiableSet());

    private AttemptItem() {}

    private static String at(AttemptStatus status) {
        return status.name().toLowerCase(Locale.ROOT) + "_at";
    }

    /** Adds the attributes of an attempt, except its status. */
    static void put(Map<String, AttributeValue> item, Attempt attempt) {
        item.put(ATTEMPT, Attributes.number(attempt.number()));
        Attributes.put(item, TOKEN, attempt.token());
        attempt.messageId().ifPresent(id -> item.put(MESSAGE_ID, Attributes.text(id)));
        attempt.code().ifPresent(code -> item.put(CODE, Attributes.text(code)));
        attempt.at().forEach((status, at) -> item.put(name(status, attempt), Attributes.time(at)));
    }

    private static String name(AttemptStatus status, Attempt attempt) {
        return status == AttemptStatus.SOFT_BOUNCED && attempt.at().containsKey(AttemptStatus.DELIVERED)
                ? AUTO_REPLY_AT
                : at(status);
    }

    /** Writes an earlier attempt. */
    static AttributeValue earlier(Attempt attempt) {
        var map = new HashMap<String, AttributeValue>();
        put(map, attempt);
        map.put(STATUS, Attributes.text(attempt.status().sendStatus().name()));
        return AttributeValue.fromM(map);
    }

    /** Reads an earlier attempt. */
    static Attempt earlier(AttributeValue value) {
        var map = value.m();
        return read(map, status(Attributes.text(map, STATUS), times(map)), Optional.empty(), Optional.empty());
    }

    /** Reads the attributes that {@link #put} wrote. */
    static Attempt read(
            Map<String, AttributeValue> item,
            AttemptStatus status,
            Optional<SentLetter> letter,
            Optional<Decision> resend) {
        return new Attempt(
                (int) Attributes.number(item, ATTEMPT),
                Attributes.text(item, TOKEN),
                status,
                letter,
                resend,
                Attributes.optional(item, MESSAGE_ID),
                Attributes.optional(item, CODE),
                times(item));
    }

    /**
     * Returns the state of an attempt: the one that SES reported, which a late settle does not write to the status, or else the
     * stored one.
     */
    static AttemptStatus status(String stored, Map<AttemptStatus, Instant> times) {
        return AttemptStatus.reported(times.keySet()).orElseGet(() -> AttemptStatus.valueOf(stored));
    }

    /** Reads when an attempt entered each state. */
    static Map<AttemptStatus, Instant> times(Map<String, AttributeValue> item) {
        var times = new EnumMap<AttemptStatus, Instant>(AttemptStatus.class);
        for (var status : AttemptStatus.values())
            Attributes.time(item, at(status)).ifPresent(at -> times.put(status, at));
        Attributes.time(item, AUTO_REPLY_AT).ifPresent(at -> times.put(AttemptStatus.SOFT_BOUNCED, at));
        return times;
    }
}

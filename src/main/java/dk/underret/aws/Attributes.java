package dk.underret.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of DynamoDB attributes and the plain ones that they stand for. Times are ISO 8601 in UTC with milliseconds. */
final class Attributes {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Attributes() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue time(Instant value) {
        return AttributeValue.fromS(timeText(value));
    }

    static String timeText(Instant value) {
        return TIME.format(value);
    }

    /** Puts a text unless it is empty: the console shows only what is known. */
    static void put(Map<String, AttributeValue> item, String name, String value) {
        if (!value.isEmpty()) item.put(name, text(value));
    }

    static Optional<String> optional(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    /** The text of an attribute; empty where it is absent. */
    static String text(Map<String, AttributeValue> item, String name) {
        return optional(item, name).orElse("");
    }

    /** The number of an attribute; 0 where it is absent. */
    static long number(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }

    static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(Instant::parse);
    }

    /** A time that every item of its kind has. */
    static Instant timeOf(Map<String, AttributeValue> item, String name) {
        return time(item, name).orElseThrow(() -> new IllegalStateException("item without " + name));
    }

    static Map<String, AttributeValue> fromPlain(Map<String, ? extends @Nullable Object> plain) {
        var values = new LinkedHashMap<String, AttributeValue>();
        plain.forEach((name, value) -> values.put(name, fromPlain(value)));
        return values;
    }

    /** JSON's shapes to DynamoDB's. Facts are these shapes by contract, so another one is a fault of the caller. */
    static AttributeValue fromPlain(@Nullable Object plain) {
        return switch (plain) {
            case null -> AttributeValue.fromNul(true);
            case String text -> AttributeValue.fromS(text);
            case Boolean truth -> AttributeValue.fromBool(truth);
            case BigDecimal number -> AttributeValue.fromN(number.toString());
            case Integer number -> number(number);
            case Long number -> number(number);
            case List<?> list ->
                AttributeValue.fromL(list.stream().map(Attributes::fromPlain).toList());
            case Map<?, ?> map -> {
                var values = new LinkedHashMap<String, AttributeValue>();
                map.forEach((name, value) -> values.put((String) name, fromPlain(value)));
                yield AttributeValue.fromM(values);
            }
            default -> throw new IllegalArgumentException("no plain value: " + plain.getClass());
        };
    }

    /**
     * DynamoDB's shapes to JSON's. What a person typed into the console may also be a set (a list here). A null stays one in an
     * object, where it takes a fact away (RFC 7396), and is left out of a list.
     */
    static Map<String, Object> toPlain(Map<String, AttributeValue> values) {
        var plain = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> plain.put(name, toPlain(value)));
        return plain;
    }

    private static @Nullable Object toPlain(AttributeValue value) {
        return switch (value.type()) {
            case NUL -> null;
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case SS -> List.copyOf(value.ss());
            case NS -> value.ns().stream().map(BigDecimal::new).toList();
            case M -> toPlain(value.m());
            case L -> {
                var list = new ArrayList<Object>();
                for (var element : value.l()) if (element.type() != AttributeValue.Type.NUL) list.add(toPlain(element));
                yield list;
            }
            default -> throw new IllegalStateException("facts hold a value of DynamoDB type " + value.type());
        };
    }
}

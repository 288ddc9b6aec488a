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

/** Converts between DynamoDB attribute values and plain Java values. Times are ISO 8601 in UTC with milliseconds. */
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

    /** Puts a text unless it is empty, so that the console shows only known values. */
    static void put(Map<String, AttributeValue> item, String name, String value) {
        if (!value.isEmpty()) item.put(name, text(value));
    }

    static Optional<String> optional(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
    }

    /** Returns the text of an attribute, or the empty string if it is absent. */
    static String text(Map<String, AttributeValue> item, String name) {
        return optional(item, name).orElse("");
    }

    /** Returns the number of an attribute, or 0 if it is absent. */
    static long number(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }

    static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(Instant::parse);
    }

    /**
     * Returns a time that every item of its kind has.
     *
     * @throws IllegalStateException if the attribute is absent
     */
    static Instant timeOf(Map<String, AttributeValue> item, String name) {
        return time(item, name).orElseThrow(() -> new IllegalStateException("item without " + name));
    }

    static Map<String, AttributeValue> fromPlain(Map<String, ? extends @Nullable Object> plain) {
        var values = new LinkedHashMap<String, AttributeValue>();
        plain.forEach((name, value) -> values.put(name, fromPlain(value)));
        return values;
    }

    /**
     * Converts a JSON value to DynamoDB's form.
     *
     * @throws IllegalArgumentException if the value has a type that facts never have
     */
    static AttributeValue fromPlain(@Nullable Object plain) {
        return switch (plain) {
            case null -> AttributeValue.fromNul(true);
            case String text -> AttributeValue.fromS(text);
            case Boolean bool -> AttributeValue.fromBool(bool);
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
            default -> throw new IllegalArgumentException("facts can't hold a value of " + plain.getClass());
        };
    }

    /**
     * Converts DynamoDB values to JSON's form. A set, which only a person can enter in the console, becomes a list. A null in an
     * object is kept, because it removes a fact (RFC 7396); a null in a list is dropped.
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
            default -> throw new IllegalStateException("facts can't hold a value of DynamoDB type " + value.type());
        };
    }
}

package dk.underret.local;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts between DynamoDB attribute values and plain JSON values. */
final class AttributeJson {
    private AttributeJson() {}

    /** Converts a string, number, boolean, list or map to an attribute value. Map entries with a null value are left out. */
    static AttributeValue attribute(Object value) {
        return switch (value) {
            case String s -> AttributeValue.fromS(s);
            case Boolean b -> AttributeValue.fromBool(b);
            case BigDecimal n -> AttributeValue.fromN(n.toPlainString());
            case Number n -> AttributeValue.fromN(n.toString());
            case Map<?, ?> map -> AttributeValue.fromM(attributes(map));
            case Iterable<?> list -> {
                var values = new java.util.ArrayList<AttributeValue>();
                list.forEach(v -> values.add(attribute(v)));
                yield AttributeValue.fromL(values);
            }
            default ->
                throw new IllegalArgumentException(
                        "not a plain JSON value: " + value.getClass().getSimpleName());
        };
    }

    /** Converts the values of a map to attribute values. */
    static Map<String, AttributeValue> attributes(Map<?, ?> map) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        map.forEach((name, value) -> {
            if (value != null) attributes.put(String.valueOf(name), attribute(value));
        });
        return attributes;
    }

    /** Converts an item to plain values, sorted by attribute name. */
    static Map<String, Object> map(Map<String, AttributeValue> item) {
        var plain = new TreeMap<String, Object>();
        item.forEach((name, value) -> plain.put(name, value(value)));
        return plain;
    }

    private static Object value(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n());
            case BOOL -> value.bool();
            case M -> map(value.m());
            case L -> value.l().stream().map(AttributeJson::value).toList();
            case SS -> value.ss();
            case NS -> value.ns();
            case B -> java.util.HexFormat.of().formatHex(value.b().asByteArray());
            default -> "";
        };
    }
}

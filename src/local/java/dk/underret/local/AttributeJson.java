package dk.underret.local;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** DynamoDB's attribute values and JSON's plain values, one from the other. */
final class AttributeJson {
    private AttributeJson() {}

    /** Maps, lists, texts, numbers and booleans as DynamoDB keeps them; a null is left out of its map. */
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
            default -> throw new IllegalArgumentException("not a plain value");
        };
    }

    /** A map's values as attributes. */
    static Map<String, AttributeValue> attributes(Map<?, ?> map) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        map.forEach((name, value) -> {
            if (value != null) attributes.put(String.valueOf(name), attribute(value));
        });
        return attributes;
    }

    /** An item as plain values, its attributes sorted by name. */
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

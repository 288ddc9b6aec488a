package dk.underret.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON value on one line (RFC 8259), for {@link FaultAudit}, which doesn't use this project's libraries. */
final class JsonLine {
    private final String text;
    private int at;

    private JsonLine(String text) {
        this.text = text;
    }

    /** Reads an object. Its values are strings, lists and maps; numbers are read as strings. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> read(String line) {
        return (Map<String, Object>) new JsonLine(line).value();
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> list();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> object() {
        var object = new LinkedHashMap<String, Object>();
        for (at++; peek() != '}'; comma('}')) {
            peek();
            var name = string();
            if (peek() != ':') throw new IllegalArgumentException("no colon at " + at);
            at++;
            object.put(name, value());
        }
        at++;
        return object;
    }

    private List<Object> list() {
        var list = new ArrayList<>();
        for (at++; peek() != ']'; comma(']')) list.add(value());
        at++;
        return list;
    }

    private void comma(char end) {
        if (peek() == ',') at++;
        else if (peek() != end) throw new IllegalArgumentException("no comma at " + at);
    }

    private String string() {
        var string = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            var c = text.charAt(at);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        var c = text.charAt(++at);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 3, at + 1, 16);
            }
            default -> c;
        };
    }

    private String word() {
        var from = at;
        while (at < text.length() && ",]} ".indexOf(text.charAt(at)) < 0) at++;
        return text.substring(from, at);
    }

    private char peek() {
        while (text.charAt(at) == ' ') at++;
        return text.charAt(at);
    }
}

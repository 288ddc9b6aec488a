package dk.underret.incident;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code incident.json} and {@code notice.json} into plain maps: {@code Map<String, Object>}, {@code List<Object>}, {@code
 * String}, {@code BigDecimal}, {@code Boolean}. {@code null} is allowed only as the value of a field, where it removes the
 * incident's field ({@link FactsMerge}).
 */
public final class FactsJson {
    /** The size limit of facts, in bytes: an item of the table holds 400 KB, including names and bookkeeping. */
    public static final int MAX_BYTES = 300 * 1024;

    /** Attributes that the table stores beside the facts. */
    private static final Set<String> RESERVED = Set.of(
            "incident_id",
            "notice_id",
            "source_version",
            "source_sequencer",
            "source_principal",
            "source_at",
            "author_version",
            "author_principal",
            "author_at",
            "author_sha256");

    /** DynamoDB's limits of a number: 38 digits, up to 1E+125. */
    private static final int MAX_DIGITS = 38;

    private static final int MAX_EXPONENT = 125;

    private static final JsonFactory JSON = new JsonFactory();

    private final String file;
    private final JsonParser parser;

    private FactsJson(String file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads facts.
     *
     * @param json the file's bytes: UTF-8, with or without a byte order mark
     * @param file its name, for findings
     * @throws FindingsException with {@code FACTS_TOO_LARGE}; with {@code BAD_FACTS} if the file is not a JSON object, has a name twice,
     *     or has a name, a number or an unpaired surrogate that the table can't store. The finding's row is the line; its second and
     *     third argument are line and column in characters, from 1.
     */
    public static Map<String, Object> parse(byte[] json, String file) throws FindingsException {
        if (json.length > MAX_BYTES)
            throw new FindingsException(
                    Finding.of(FindingCode.FACTS_TOO_LARGE, file, json.length / 1024 + 1, MAX_BYTES / 1024));
        try (var parser = JSON.createParser(text(json, file))) {
            return new FactsJson(file, parser).document();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    private static String text(byte[] json, String file) throws FindingsException {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FindingsException(Finding.of(FindingCode.BAD_FACTS, file, "encoding"));
        }
    }

    private Map<String, Object> document() throws IOException, FindingsException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) throw refused("document");
            var facts = object();
            if (parser.nextToken() != null) throw refused("json");
            return facts;
        } catch (JsonProcessingException e) {
            // The exception's message quotes the file, so only line and column are kept.
            var at = e.getLocation();
            throw at == null ? refused("json") : refused("json", at.getLineNr(), at.getColumnNr());
        }
    }

    private Map<String, Object> object() throws IOException, FindingsException {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            if (object.containsKey(name)) throw refused("duplicate");
            if (name.isEmpty()) throw refused("name");
            if (!isWhole(name)) throw refused("character");
            if (parser.getParsingContext().getParent().inRoot() && RESERVED.contains(name)) throw refused("reserved");
            parser.nextToken();
            object.put(name, value());
        }
        return object;
    }

    private List<Object> list() throws IOException, FindingsException {
        var list = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var value = value();
            if (value == null) throw refused("null");
            list.add(value);
        }
        return list;
    }

    private @Nullable Object value() throws IOException, FindingsException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw refused("json");
        };
    }

    private String text() throws IOException, FindingsException {
        var text = parser.getText();
        if (!isWhole(text)) throw refused("character");
        return text;
    }

    /** Returns whether every surrogate is paired: UTF-8, which the table and hashes use, can't encode an unpaired one. */
    private static boolean isWhole(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private BigDecimal number() throws IOException, FindingsException {
        BigDecimal number;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException e) {
            // The exponent of a BigDecimal is an int.
            throw refused("number");
        }
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT)
            throw refused("number");
        return number;
    }

    private FindingsException refused(String kind) {
        var at = parser.currentTokenLocation();
        return refused(kind, at.getLineNr(), at.getColumnNr());
    }

    private FindingsException refused(String kind, int line, int column) {
        return new FindingsException(Finding.at(FindingCode.BAD_FACTS, file, line, "", kind, line, column));
    }
}

package dk.underret.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dk.underret.incident.FindingCode;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Trigger;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes chunks as JSON. Equal chunks have equal bytes:
 *
 * <pre>{@code
 * {"run":"…","chunk":0,"rows":[
 *  {"row":2,"recipient":"…","to":"…","locale":"da","values":{"email":"…","name":"…"}},
 *  {"row":3,"recipient":"…","invalid":["NO_ADDRESS"]},
 *  {"row":4,"duplicate_of":2},
 *  {"row":5,"skipped":"DO_NOT_WRITE"},
 *  {"row":6,"recipient":"…","to":"…","locale":"da","resend":"token","previous":"…","decision":{"run":"…","by":"…",…},
 *   "values":{…}},
 *  {"row":7,"recipient":"…","end":"token","cause":"CLOSE","decision":{"run":"…","by":"…","reason":"…"}}]}
 * }</pre>
 */
final class ChunkJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ChunkJson() {}

    static byte[] write(Chunk chunk) {
        var bytes = new ByteArrayBuilder();
        var columns = new HashMap<String, SerializedString>();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("run", chunk.run());
            json.writeNumberField("chunk", chunk.number());
            json.writeArrayFieldStart("rows");
            for (var row : chunk.rows()) write(json, row, columns);
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw unreadable(chunk.run(), chunk.number(), e);
        }
        return bytes.toByteArray();
    }

    /** @param columns encoded column names, shared by all rows */
    private static void write(JsonGenerator json, ChunkRow row, Map<String, SerializedString> columns)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("row", row.row());
        switch (row) {
            case ChunkRow.Send send -> {
                letter(json, send);
                values(json, send.person(), columns);
            }
            case ChunkRow.Resend resend -> {
                letter(json, resend);
                json.writeStringField("resend", resend.token());
                if (resend.previous().isPresent())
                    json.writeStringField("previous", resend.previous().get());
                decision(json, resend.decision());
                values(json, resend.person(), columns);
            }
            case ChunkRow.End end -> {
                json.writeStringField("recipient", end.recipient());
                json.writeStringField("end", end.token());
                json.writeStringField("cause", end.trigger().name());
                decision(json, end.decision());
            }
            case ChunkRow.Invalid invalid -> {
                json.writeStringField("recipient", invalid.recipient());
                json.writeArrayFieldStart("invalid");
                for (var code : invalid.codes()) json.writeString(code.name());
                json.writeEndArray();
            }
            case ChunkRow.Duplicate duplicate -> json.writeNumberField("duplicate_of", duplicate.of());
            case ChunkRow.Skipped skipped -> json.writeStringField("skipped", skipped.reason());
        }
        json.writeEndObject();
    }

    private static void letter(JsonGenerator json, ChunkRow.LetterRow row) throws IOException {
        json.writeStringField("recipient", row.recipient());
        json.writeStringField("to", row.to().address());
        json.writeStringField("locale", row.locale());
    }

    private static void values(JsonGenerator json, Recipient person, Map<String, SerializedString> columns)
            throws IOException {
        json.writeObjectFieldStart("values");
        for (var value : person.values().entrySet()) {
            json.writeFieldName(columns.computeIfAbsent(value.getKey(), SerializedString::new));
            json.writeString(value.getValue());
        }
        json.writeEndObject();
    }

    private static void decision(JsonGenerator json, Decision decision) throws IOException {
        json.writeObjectFieldStart("decision");
        json.writeStringField("run", decision.run());
        json.writeStringField("by", decision.by());
        json.writeStringField("reason", decision.reason());
        if (decision.replacedBy().isPresent())
            json.writeStringField("replaced_by", decision.replacedBy().get());
        json.writeEndObject();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalStateException when it is not a chunk, or a row to send lacks its address or locale; the message contains only
     *     run and number
     */
    static Chunk read(String run, int number, byte[] bytes) {
        try (var json = JSON.createParser(bytes)) {
            var rows = new ArrayList<ChunkRow>();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                if (name.equals("rows")) while (json.nextToken() == JsonToken.START_OBJECT) rows.add(row(json));
            }
            return new Chunk(run, number, rows);
        } catch (IOException e) {
            throw unreadable(run, number, e);
        }
    }

    private static ChunkRow row(JsonParser json) throws IOException {
        long row = 0;
        long of = 0;
        List<FindingCode> codes = List.of();
        Map<String, String> values = Map.of();
        Map<String, String> decision = Map.of();
        var texts = new HashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "row" -> row = json.getLongValue();
                case "duplicate_of" -> of = json.getLongValue();
                case "recipient", "to", "locale", "skipped", "resend", "previous", "end", "cause" ->
                    texts.put(name, json.getText());
                case "invalid" -> codes = codes(json);
                case "values" -> values = values(json);
                case "decision" -> decision = values(json);
                default -> json.skipChildren();
            }
        }
        var recipient = texts.getOrDefault("recipient", "");
        if (!decision.isEmpty()) return decisionRow(row, recipient, texts, values, decision(decision));
        if (!values.isEmpty())
            return new ChunkRow.Send(recipient, new Recipient(row, values), address(texts), required(texts, "locale"));
        if (!codes.isEmpty()) return new ChunkRow.Invalid(row, recipient, codes);
        return of > 0 ? new ChunkRow.Duplicate(row, of) : new ChunkRow.Skipped(row, texts.getOrDefault("skipped", ""));
    }

    private static ChunkRow decisionRow(
            long row, String recipient, Map<String, String> texts, Map<String, String> values, Decision decision)
            throws IOException {
        var end = texts.get("end");
        if (end != null)
            return new ChunkRow.End(row, recipient, end, Trigger.valueOf(texts.getOrDefault("cause", "")), decision);
        return new ChunkRow.Resend(
                recipient,
                new Recipient(row, values),
                address(texts),
                required(texts, "locale"),
                texts.getOrDefault("resend", ""),
                Optional.ofNullable(texts.get("previous")),
                decision);
    }

    private static EmailAddress.Valid address(Map<String, String> texts) throws IOException {
        return new EmailAddress.Valid(required(texts, "to"));
    }

    private static String required(Map<String, String> texts, String name) throws IOException {
        var text = texts.get(name);
        if (text == null) throw new IOException("a row lacks " + name);
        return text;
    }

    private static Decision decision(Map<String, String> values) {
        return new Decision(
                values.getOrDefault("run", ""),
                values.getOrDefault("by", ""),
                values.getOrDefault("reason", ""),
                Optional.ofNullable(values.get("replaced_by")));
    }

    private static List<FindingCode> codes(JsonParser json) throws IOException {
        var codes = new ArrayList<FindingCode>();
        while (json.nextToken() != JsonToken.END_ARRAY) codes.add(FindingCode.valueOf(json.getText()));
        return codes;
    }

    private static Map<String, String> values(JsonParser json) throws IOException {
        var values = new LinkedHashMap<String, String>();
        while (json.nextToken() != JsonToken.END_OBJECT) values.put(json.currentName(), json.nextTextValue());
        return values;
    }

    /** Does not chain the cause: Jackson's message may quote the row. */
    private static IllegalStateException unreadable(String run, int number, IOException e) {
        return new IllegalStateException("chunk " + number + " of run " + run + " is not a chunk ("
                + e.getClass().getSimpleName() + ")");
    }
}

package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ADDRESS;
import static dk.underret.incident.FindingCode.CONTROL_CHARACTER;
import static dk.underret.incident.FindingCode.CPR_VALUE;
import static dk.underret.incident.FindingCode.DIFFERENT_ROWS;
import static dk.underret.incident.FindingCode.DUPLICATE;
import static dk.underret.incident.FindingCode.FIELD_TOO_LONG;
import static dk.underret.incident.FindingCode.MISSING_VALUE;
import static dk.underret.incident.FindingCode.NOT_A_NAME;
import static dk.underret.incident.FindingCode.NO_LETTER_FOR_LOCALE;
import static dk.underret.incident.FindingCode.UNCLOSED_QUOTE;
import static dk.underret.incident.FindingCode.WIDTH;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import dk.underret.incident.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns each record into a {@link Row} and reports what is wrong with it. */
final class RowCheck {
    private final String file;
    private final Header header;
    private final ListRules rules;
    private final Findings findings;
    private final Identity identity;
    private final CprCounts cpr;
    private final Duplicates duplicates = new Duplicates();
    private final List<String> read;
    private final boolean printsAbout;
    private final int email;

    /** The current row's number, from 1. */
    private long row;
    /** The current row's codes, each once. */
    private final List<FindingCode> codes = new ArrayList<>();

    RowCheck(String file, Header header, ListRules rules, Findings findings) {
        this.file = file;
        this.header = header;
        this.rules = rules;
        this.findings = findings;
        identity = Identity.of(header.names(), rules.incidentKey());
        cpr = new CprCounts(header, rules);
        read = rules.letters().read().stream().sorted().toList();
        printsAbout = rules.letters().printed().stream().map(Columns::canonical).anyMatch(Columns.ABOUT::equals);
        email = header.columns().index("email");
    }

    /** Returns the columns of the identity scheme, in its order. */
    List<String> identity() {
        return identity.columns();
    }

    /** Returns the HMAC of a person's identity, 64 hex digits. */
    String recipient(Recipient person) {
        return identity.recipient(person);
    }

    /** Returns the key of a row that can't be sent, 64 hex digits. */
    String invalid(String version, long number) {
        return identity.invalid(version, number);
    }

    /** Reports the findings that need the whole list. */
    void end() {
        cpr.report(file, findings);
    }

    /**
     * Checks the current record, which isn't blank.
     *
     * @throws UnreadableListException if a quoted field contains other people's rows
     */
    Row check(CsvRecordReader record) throws UnreadableListException {
        row = record.row();
        codes.clear();
        if (!header.fits(record)) {
            int fields = record.fields();
            if (fields == header.width()) report(WIDTH, "", header.width(), fields, "unnamed");
            else report(WIDTH, "", header.width(), fields);
            return invalidRow(new Recipient(row, Map.of()));
        }
        var values = values(record);
        var person = new Recipient(row, new RowValues(header.columns(), values));
        var address = EmailAddressParser.parse(email < 0 ? "" : values[email]);
        if (!FieldText.isNo(person.value("do_not_write"))) return skipped(person, address);
        if (email >= 0 && !codes.contains(BAD_ADDRESS) && address instanceof EmailAddress.Invalid invalid)
            reportAddress(invalid.code());
        var locale = rules.letters().letter(person.value("locale"));
        if (locale.isEmpty()) report(NO_LETTER_FOR_LOCALE, header.title("locale"));
        if (printsAbout && Language.saysYes(person.value(Columns.ABOUT)))
            report(NOT_A_NAME, header.title(Columns.ABOUT), header.title(Columns.ABOUT));
        reportMissing(person, locale);
        locale.ifPresent(letter -> reportLineEnds(person, letter));
        if (codes.isEmpty() && address instanceof EmailAddress.Valid to && locale.isPresent())
            return validUnlessRepeated(person, to, locale.get());
        return invalidRow(person);
    }

    private String[] values(CsvRecordReader record) throws UnreadableListException {
        var values = new String[header.size()];
        for (var i = 0; i < values.length; i++) {
            var index = header.fieldIndex(i);
            var flags = record.flags(index);
            values[i] = "";
            if ((flags & CsvRecordReader.TOO_LONG) != 0) {
                report(FIELD_TOO_LONG, header.title(i), header.title(i));
                continue;
            }
            var text = record.text(index);
            if ((flags & CsvRecordReader.NEWLINE) != 0) checkLineEnds(text, flags, i);
            if ((flags & CsvRecordReader.CONTROL) != 0
                    || ((flags & CsvRecordReader.NOT_ASCII) != 0 && FieldText.hasC1Control(text)))
                report(CONTROL_CHARACTER, header.title(i), header.title(i));
            values[i] = FieldText.clean(text);
            if (!values[i].isEmpty() && cpr.add(i, values[i], row, (flags & CsvRecordReader.DIGIT) != 0))
                report(CPR_VALUE, header.title(i), header.title(i));
        }
        return values;
    }

    /**
     * Checks a field that contains a line end. Two forgotten quotes, in an earlier and a later row, turn all rows between them
     * into one field. A line of that field then looks like a row, which makes the list unreadable.
     */
    private void checkLineEnds(String text, int flags, int column) throws UnreadableListException {
        if (column == email) report(BAD_ADDRESS, header.title(column));
        if ((flags & CsvRecordReader.AT) == 0) return;
        var lines = text.split("\r\n|\r|\n", -1);
        for (var i = 1; i < lines.length; i++) {
            var fields = lines[i].split(String.valueOf(header.separator()), -1);
            if (fields.length < header.width()) continue;
            for (var field : fields)
                if (EmailAddressParser.parse(field) instanceof EmailAddress.Valid)
                    throw new UnreadableListException(UNCLOSED_QUOTE);
        }
    }

    private void reportAddress(FindingCode code) {
        if (!codes.contains(code)) report(code, header.title(email));
    }

    private void reportMissing(Recipient person, Optional<String> locale) {
        if (header.has("recipient_id") && person.value("recipient_id").isEmpty()) reportMissing("recipient_id");
        if (locale.isEmpty()) return;
        for (var column : rules.letters().missing(locale.get(), person)) {
            var name = Columns.canonical(column);
            if (!name.equals("email") && header.has(name)) reportMissing(name);
        }
    }

    private void reportLineEnds(Recipient person, String locale) {
        for (var column : rules.letters().lineEnds(locale, person)) {
            var name = Columns.canonical(column);
            if (!name.equals("email")) report(CONTROL_CHARACTER, header.title(name), header.title(name));
        }
    }

    private void reportMissing(String name) {
        report(MISSING_VALUE, header.title(name), header.title(name));
    }

    private Row validUnlessRepeated(Recipient person, EmailAddress.Valid address, String locale) {
        var hash = identity.hash(person, address.address());
        var first = duplicates.add(row, hash, letterHash(person, address, locale));
        if (first == 0) return new Row.Valid(Identity.hex(hash), person, address, locale);
        var of = Math.abs(first);
        if (first > 0) findings.add(Finding.at(DUPLICATE, file, row, "", of));
        else findings.add(Finding.at(DIFFERENT_ROWS, file, row, "", of, row));
        return new Row.Duplicate(row, of);
    }

    /** Skips a row. Reports {@code DIFFERENT_ROWS} if an earlier row says to write to the same person. */
    private Row skipped(Recipient person, EmailAddress address) {
        if (address instanceof EmailAddress.Valid to) {
            var first = duplicates.add(row, identity.hash(person, to.address()), 0);
            if (first < 0) findings.add(Finding.at(DIFFERENT_ROWS, file, row, "", -first, row));
        }
        return new Row.Skipped(row, Row.Skipped.DO_NOT_WRITE);
    }

    /** Returns a hash (FNV-1a, folded to 32 bits) of everything that the letter depends on; never 0. */
    private int letterHash(Recipient person, EmailAddress.Valid address, String locale) {
        var hash = mix(mix(0xcbf29ce484222325L, address.address().toLowerCase(Locale.ROOT)), locale);
        for (var column : read) hash = mix(hash, person.value(column));
        var folded = (int) (hash ^ (hash >>> 32));
        return folded == 0 ? 1 : folded;
    }

    private static long mix(long hash, String text) {
        var mixed = hash;
        for (var i = 0; i < text.length(); i++) mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        return (mixed ^ 0xffff) * 0x100000001b3L;
    }

    private Row invalidRow(Recipient person) {
        return new Row.Invalid(row, identity.invalid(rules.version(), row), person, codes);
    }

    private void report(FindingCode code, String column, Object... arguments) {
        if (!codes.contains(code)) codes.add(code);
        findings.add(Finding.at(code, file, row, column, arguments));
    }
}

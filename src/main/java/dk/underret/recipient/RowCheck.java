package dk.underret.recipient;

import static dk.underret.incident.FindingCode.BAD_ADDRESS;
import static dk.underret.incident.FindingCode.CONTROL_CHARACTER;
import static dk.underret.incident.FindingCode.CPR_VALUE;
import static dk.underret.incident.FindingCode.DIFFERENT_ROWS;
import static dk.underret.incident.FindingCode.DUPLICATE;
import static dk.underret.incident.FindingCode.FIELD_TOO_LONG;
import static dk.underret.incident.FindingCode.MISSING_VALUE;
import static dk.underret.incident.FindingCode.NO_LETTER_FOR_LOCALE;
import static dk.underret.incident.FindingCode.UNCLOSED_QUOTE;
import static dk.underret.incident.FindingCode.WIDTH;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link Row} of each record, and findings of what is wrong with it. */
final class RowCheck {
    private final String file;
    private final Header header;
    private final ListRules rules;
    private final Findings findings;
    private final Identity identity;
    private final CprColumns cpr;
    private final Duplicates duplicates = new Duplicates();
    private final List<String> read;
    private final int email;

    /** Of the row at hand. */
    private long row;

    private final List<FindingCode> codes = new ArrayList<>();

    RowCheck(String file, Header header, ListRules rules, Findings findings) {
        this.file = file;
        this.header = header;
        this.rules = rules;
        this.findings = findings;
        identity = Identity.of(header.names(), rules.incidentKey());
        cpr = new CprColumns(header, rules);
        read = rules.letters().read().stream().sorted().toList();
        email = header.columns().index("email");
    }

    /** What makes a recipient the same person. */
    List<String> identity() {
        return identity.columns();
    }

    /** HMAC of a person's identity. */
    String recipient(Recipient person) {
        return identity.recipient(person);
    }

    /** HMAC of a row that can't be sent. */
    String invalid(String version, long number) {
        return identity.invalid(version, number);
    }

    /** What only the whole list tells. */
    void end() {
        cpr.findings(file, findings);
    }

    /**
     * Checks the record at hand, which isn't blank.
     *
     * @throws Unreadable where a quoted field holds other people's rows
     */
    Row check(Records record) throws Unreadable {
        row = record.row();
        codes.clear();
        if (!header.fits(record)) {
            int fields = record.fields();
            if (fields == header.width()) find(WIDTH, "", header.width(), fields, "unnamed");
            else find(WIDTH, "", header.width(), fields);
            return bad(new Recipient(row, Map.of()));
        }
        var values = values(record);
        var person = new Recipient(row, new Values(header.columns(), values));
        var address = EmailAddress.parse(email < 0 ? "" : values[email]);
        if (!Text.isNo(person.value("do_not_write"))) return skipped(person, address);
        if (email >= 0 && !codes.contains(BAD_ADDRESS) && address instanceof EmailAddress.Invalid none)
            address(none.code());
        var locale = rules.letters().letter(person.value("locale"));
        if (locale.isEmpty()) find(NO_LETTER_FOR_LOCALE, header.title("locale"));
        missing(person, locale);
        locale.ifPresent(letter -> lineEnds(person, letter));
        if (codes.isEmpty() && address instanceof EmailAddress.Valid to && locale.isPresent())
            return once(person, to, locale.get());
        return bad(person);
    }

    private String[] values(Records record) throws Unreadable {
        var values = new String[header.size()];
        for (var i = 0; i < values.length; i++) {
            var place = header.place(i);
            var marks = record.marks(place);
            values[i] = "";
            if ((marks & Records.TOO_LONG) != 0) {
                find(FIELD_TOO_LONG, header.title(i), header.title(i));
                continue;
            }
            var text = record.text(place);
            if ((marks & Records.NEWLINE) != 0) newline(text, marks, i);
            if ((marks & Records.CONTROL) != 0 || ((marks & Records.NOT_ASCII) != 0 && Text.hasSecondControls(text)))
                find(CONTROL_CHARACTER, header.title(i), header.title(i));
            values[i] = Text.clean(text);
            if (!values[i].isEmpty() && cpr.holds(i, values[i], row, (marks & Records.DIGIT) != 0))
                find(CPR_VALUE, header.title(i), header.title(i));
        }
        return values;
    }

    /**
     * A quote that was forgotten in one row and another in a later one make a field of all the rows between them: a line of it
     * then looks like a row.
     */
    private void newline(String text, int marks, int column) throws Unreadable {
        if (column == email) find(BAD_ADDRESS, header.title(column));
        if ((marks & Records.AT) == 0) return;
        var lines = text.split("\r\n|\r|\n", -1);
        for (var i = 1; i < lines.length; i++) {
            var fields = lines[i].split(String.valueOf(header.separator()), -1);
            if (fields.length < header.width()) continue;
            for (var field : fields)
                if (EmailAddress.parse(field) instanceof EmailAddress.Valid) throw new Unreadable(UNCLOSED_QUOTE);
        }
    }

    private void address(FindingCode code) {
        if (!codes.contains(code)) find(code, header.title(email));
    }

    private void missing(Recipient person, Optional<String> locale) {
        if (header.has("recipient_id") && person.value("recipient_id").isEmpty()) missing("recipient_id");
        if (locale.isEmpty()) return;
        for (var column : rules.letters().missing(locale.get(), person)) {
            var name = Columns.canonical(column);
            if (!name.equals("email") && header.has(name)) missing(name);
        }
    }

    private void lineEnds(Recipient person, String locale) {
        for (var column : rules.letters().lineEnds(locale, person)) {
            var name = Columns.canonical(column);
            if (!name.equals("email")) find(CONTROL_CHARACTER, header.title(name), header.title(name));
        }
    }

    private void missing(String name) {
        find(MISSING_VALUE, header.title(name), header.title(name));
    }

    private Row once(Recipient person, EmailAddress.Valid address, String locale) {
        var hash = identity.hash(person, address.address());
        var earlier = duplicates.add(row, hash, letter(person, address, locale));
        if (earlier == 0) return new Row.Valid(Identity.hex(hash), person, address, locale);
        var of = Math.abs(earlier);
        if (earlier > 0) findings.add(Finding.at(DUPLICATE, file, row, "", of));
        else findings.add(Finding.at(DIFFERENT_ROWS, file, row, "", of, row));
        return new Row.Duplicate(row, of);
    }

    /** A person whom one row says to write to and another not to is {@code DIFFERENT_ROWS}, too. */
    private Row skipped(Recipient person, EmailAddress address) {
        if (address instanceof EmailAddress.Valid to) {
            var earlier = duplicates.add(row, identity.hash(person, to.address()), 0);
            if (earlier < 0) findings.add(Finding.at(DIFFERENT_ROWS, file, row, "", -earlier, row));
        }
        return new Row.Skipped(row, Row.Skipped.DO_NOT_WRITE);
    }

    /** A hash (FNV-1a, folded) of all that the letter depends on; never 0. */
    private int letter(Recipient person, EmailAddress.Valid address, String locale) {
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

    private Row bad(Recipient person) {
        return new Row.Invalid(row, identity.invalid(rules.version(), row), person, codes);
    }

    private void find(FindingCode code, String column, Object... arguments) {
        if (!codes.contains(code)) codes.add(code);
        findings.add(Finding.at(code, file, row, column, arguments));
    }
}

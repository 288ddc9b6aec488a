package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_FACTS;
import static dk.underret.incident.FindingCode.PREVIEW_TO_RECIPIENT;

import dk.underret.incident.Finding;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import dk.underret.intake.Samples.Why;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.EmailAddressParser;
import dk.underret.recipient.Row;
import dk.underret.run.PreviewMail.PreviewRow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The sender's own staff, who get a draft's letters by mail ({@code preview_to}). An address that is on the list as well gets none:
 * one person's letter is never sent to another person on the list.
 */
final class PreviewRecipients {
    private static final String FIELD = "preview_to";

    /** The samples whose letters differ in content; a long name is for the preview page only. */
    private static final Set<Why> SENT = EnumSet.of(Why.FIRST, Why.LOCALE, Why.BRANCH);

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** Reads the addresses of a draft; a notice that is not a draft has none. */
    PreviewRecipients(Incident incident) {
        if (incident.status() != NoticeStatus.DRAFT) return;
        var file = incident.own().contains(FIELD) ? "notice.json" : "incident.json";
        var addresses = incident.previewTo();
        for (int i = 0; i < addresses.size(); i++) {
            var path = FIELD + "[" + i + "]";
            if (EmailAddressParser.parse(addresses.get(i)) instanceof EmailAddress.Valid valid)
                members.putIfAbsent(bare(valid), new Member(valid.address(), file, path));
            else findings.add(Finding.at(BAD_FACTS, file, 0, path, "email"));
        }
    }

    /** Takes the next row of the list: an address on the list is removed. */
    void look(Row row) {
        if (members.isEmpty() || !(row instanceof Row.Valid valid)) return;
        var member = members.remove(bare(valid.address()));
        if (member != null)
            findings.add(Finding.at(PREVIEW_TO_RECIPIENT, member.file(), 0, member.path(), valid.row()));
    }

    /** Findings about the addresses; complete after the last row. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The addresses that get letters. */
    List<String> addresses() {
        return members.values().stream().map(Member::address).toList();
    }

    /** The rows whose letters the staff get. */
    static List<PreviewRow> letters(Samples samples) {
        return samples.chosen().stream()
                .filter(sample -> sample.why().stream().anyMatch(SENT::contains))
                .map(sample -> new PreviewRow(sample.person(), sample.locale()))
                .toList();
    }

    private static String bare(EmailAddress.Valid address) {
        return address.address().toLowerCase(Locale.ROOT);
    }

    private record Member(String address, String file, String path) {}
}

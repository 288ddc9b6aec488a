package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_FACTS;
import static dk.underret.incident.FindingCode.PREVIEW_TO_RECIPIENT;

import dk.underret.incident.Finding;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import dk.underret.intake.Samples.Why;
import dk.underret.recipient.EmailAddress;
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
 * The sender's own staff, to whom a draft's letters go by mail ({@code preview_to}). An address that stands on the list as well
 * gets none: the letter of one person is never sent to another.
 */
final class PreviewRecipients {
    private static final String FIELD = "preview_to";

    /** The letters that differ in what they say; a long name is looked at in the preview. */
    private static final Set<Why> SENT = EnumSet.of(Why.FIRST, Why.LOCALE, Why.BRANCH);

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Member> members = new LinkedHashMap<>();

    /** Of a draft; any other notice has none. */
    PreviewRecipients(Incident incident) {
        if (incident.status() != NoticeStatus.DRAFT) return;
        var file = incident.own().contains(FIELD) ? "notice.json" : "incident.json";
        var addresses = incident.previewTo();
        for (int i = 0; i < addresses.size(); i++) {
            var path = FIELD + "[" + i + "]";
            if (EmailAddress.parse(addresses.get(i)) instanceof EmailAddress.Valid good)
                members.putIfAbsent(bare(good), new Member(good.address(), file, path));
            else findings.add(Finding.at(BAD_FACTS, file, 0, path, "email"));
        }
    }

    /** Takes in the next row of the list. */
    void look(Row row) {
        if (members.isEmpty() || !(row instanceof Row.Valid good)) return;
        var member = members.remove(bare(good.address()));
        if (member != null) findings.add(Finding.at(PREVIEW_TO_RECIPIENT, member.file(), 0, member.path(), good.row()));
    }

    /** What is wrong or odd about their addresses, as far as rows were looked at. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Those who get letters. */
    List<String> addresses() {
        return members.values().stream().map(Member::address).toList();
    }

    /** The rows whose letters they get. */
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

package dk.underret.run;

import dk.underret.incident.FrozenNotice;
import dk.underret.recipient.Recipient;
import java.util.List;

/**
 * The preview mails of a draft: letters that the sender's own staff receive as mail before the notice is approved. They contain rows
 * of the list, so each shows a person's data to these addresses. The controller requests that by naming the addresses in the facts
 * ({@code preview_to}); no other address receives one. {@code toString} returns the run only.
 *
 * @param run the draft's run
 * @param notice the notice as it would be frozen; it is not frozen
 * @param to the staff's addresses, with their domains in punycode
 * @param people the rows whose letters are sent: the first row, one per locale, one per branch
 */
public record PreviewMail(String run, FrozenNotice notice, List<String> to, List<PreviewRow> people) {
    /** Copies the lists. */
    public PreviewMail {
        to = List.copyOf(to);
        people = List.copyOf(people);
    }

    /**
     * A row whose letter is sent to the staff.
     *
     * @param locale the locale of the letter, as Intake decided
     */
    public record PreviewRow(Recipient person, String locale) {}

    @Override
    public String toString() {
        return "preview mails of run " + run;
    }
}

package dk.underret.run;

import dk.underret.incident.FrozenNotice;
import dk.underret.recipient.Recipient;
import java.util.List;

/**
 * Letters of a draft that go to the sender's own staff, to be read as mail before the notice is approved. It holds rows of the
 * list, so each letter shows a person's data to these addresses: the controller asks for that by naming them in the facts
 * ({@code preview_to}), and nobody else gets one. {@code toString} names the run only.
 *
 * @param run the draft's
 * @param notice the notice in the form that it would be frozen in; it is not frozen
 * @param to the staff's addresses, their domains in punycode
 * @param people the rows whose letters they get: the first, one per locale, one per branch
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
     * @param locale the letter's, as Intake decided
     */
    public record PreviewRow(Recipient person, String locale) {}

    /** Names the run only. */
    @Override
    public String toString() {
        return "trial letters of run " + run;
    }
}

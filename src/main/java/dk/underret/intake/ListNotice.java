package dk.underret.intake;

import static dk.underret.incident.FindingCode.IDENTITY_CHANGED;

import dk.underret.incident.Finding;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.Language;
import dk.underret.letter.LetterSet;
import dk.underret.recipient.RecipientList;
import dk.underret.run.Accounts;
import dk.underret.run.Forecast;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The notice that a list is checked against.
 *
 * @param key the list's key
 * @param incident the facts
 * @param letters the letters
 * @param approval findings about who approved the notice and who uploads its list
 * @param frozen the notice as an earlier list, or an earlier try of this one, froze it
 */
record ListNotice(
        UploadKey.ListKey key,
        Incident incident,
        LetterSet letters,
        List<Finding> approval,
        Optional<FrozenNotice> frozen) {
    /** Copies the findings. */
    ListNotice {
        approval = List.copyOf(approval);
    }

    /** The language of the notice's findings. */
    Language language() {
        return Language.orEnglish(incident.language());
    }

    /** Forecasts when the last letter is sent: none before {@code send_after}, and no more than {@code max_per_hour}. */
    Forecast forecast(long letters, Accounts.Account account, Instant now) {
        var start = incident.sendAfter()
                .map(moment -> moment.earliest())
                .filter(now::isBefore)
                .orElse(now);
        return Forecast.of(letters, account, incident.maxPerHour(), start);
    }

    /**
     * Finds that the list's identity scheme is not the frozen one. Under another scheme nobody of the notice's earlier lists would
     * be recognised: they would get the letter twice, and decisions about them would find no record.
     */
    Optional<Finding> identityChanged(RecipientList list) {
        return frozen.map(FrozenNotice::identity)
                .filter(before -> !list.columns().isEmpty() && !before.equals(list.identity()))
                .map(before -> Finding.of(
                        IDENTITY_CHANGED, key.file(), String.join(", ", before), String.join(", ", list.identity())));
    }
}

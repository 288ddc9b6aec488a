package dk.underret.intake;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.letter.LetterSet;
import dk.underret.run.Accounts;
import dk.underret.run.PreviewMail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A list that was read to its end.
 *
 * @param identity the columns that tell people apart
 * @param staff who gets letters of a draft
 */
record CheckedList(
        RunRecorder.ReadUpload upload,
        UploadKey.People people,
        Incident incident,
        List<String> identity,
        LetterSet letters,
        Samples samples,
        PreviewRecipients staff,
        Accounts.Account account) {
    /** Letters a second from which one partition key of the sends table would be too few. */
    private static final double SPREAD_FROM = 200;

    private static final int SPREAD = 16;

    FrozenNotice frozen(Instant now) {
        return new FrozenNotice(
                people.notice(),
                incident.frozenFacts(),
                incident.sha256(),
                letters.sources(),
                identity,
                account.maxSendRate() > SPREAD_FROM ? SPREAD : 1,
                now,
                upload.arrival().run());
    }

    /** The draft's letters to the sender's own staff; empty where none of them gets one, or the list has no letter. */
    Optional<PreviewMail> trial(Instant now) {
        var to = staff.addresses();
        var rows = PreviewRecipients.letters(samples);
        return to.isEmpty() || rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new PreviewMail(upload.arrival().run(), frozen(now), to, rows));
    }
}

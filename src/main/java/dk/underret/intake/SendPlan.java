package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_FACTS;
import static dk.underret.incident.FindingCode.BAD_LETTER;
import static dk.underret.incident.FindingCode.COUNT_DIFFERS;
import static dk.underret.incident.FindingCode.FROZEN;
import static dk.underret.incident.FindingCode.MISSING_COLUMN;
import static dk.underret.incident.FindingCode.TOO_SLOW;

import dk.underret.incident.Finding;
import dk.underret.incident.Findings;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.Incident;
import dk.underret.incident.NoticeStatus;
import dk.underret.recipient.RecipientList;
import dk.underret.recipient.Row;
import dk.underret.run.Accounts;
import dk.underret.run.ChunkRow;
import dk.underret.run.Forecast;
import dk.underret.run.PreviewMail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans the rows of a list of people: each valid row gets a letter. */
final class SendPlan implements RowPlan {
    /** Letters a second from which one partition key of the sends table would be too few. */
    private static final double SPREAD_FROM = 200;

    private static final int SPREAD = 16;

    private final IntakePorts ports;
    private final ListNotice notice;
    private final Incident incident;
    private final List<String> identity;
    private final int spread;
    private final Audience audience;
    private final Samples samples;
    private final PreviewRecipients previewRecipients;

    private SendPlan(
            IntakePorts ports,
            ListNotice notice,
            Accounts.Account account,
            List<String> identity,
            Audience audience,
            Samples samples) {
        this.ports = ports;
        this.notice = notice;
        this.incident = notice.incident();
        this.identity = identity;
        this.spread = account.maxSendRate() > SPREAD_FROM ? SPREAD : 1;
        this.audience = audience;
        this.samples = samples;
        this.previewRecipients = new PreviewRecipients(incident);
    }

    /**
     * Checks the columns of a list whose header is read.
     *
     * @param findings gets the results
     */
    static SendPlan of(
            IntakePorts ports, ListNotice notice, Accounts.Account account, RecipientList list, Findings findings) {
        var letters = notice.letters();
        // A column that the list lacks is reported by the list.
        letters.check(list.columns()).stream()
                .filter(finding -> finding.code() != MISSING_COLUMN)
                .forEach(findings::add);
        notice.identityChanged(list).ifPresent(findings::add);
        var audience = new Audience(notice.incident(), ports.incidents(), ports.ledger());
        findings.addAll(audience.findings(notice.key().file(), list.identity()));
        var samples = notice.incident().status() == NoticeStatus.DRAFT
                ? Samples.all(canRender(findings) ? letters.branches() : Map.of())
                : Samples.firsts();
        return new SendPlan(ports, notice, account, list.identity(), audience, samples);
    }

    /** Whether facts and letters are sound enough to render a letter. */
    private static boolean canRender(Findings findings) {
        return findings.counts().keySet().stream().noneMatch(code -> code == BAD_FACTS || code == BAD_LETTER);
    }

    /** A draft gets its preview whatever was found. */
    @Override
    public boolean isDraft(Findings findings) {
        return incident.status() == NoticeStatus.DRAFT;
    }

    @Override
    public List<ChunkRow> plan(List<Row> rows, Findings findings) {
        var planned = new ArrayList<ChunkRow>(rows.size());
        for (var row : audience.sift(rows)) {
            previewRecipients.look(row);
            samples.add(row);
            planned.add(
                    switch (row) {
                        case Row.Valid valid ->
                            new ChunkRow.Send(valid.recipient(), valid.person(), valid.address(), valid.locale());
                        case Row.Invalid invalid ->
                            new ChunkRow.Invalid(invalid.row(), invalid.recipient(), invalid.codes());
                        case Row.Duplicate duplicate -> new ChunkRow.Duplicate(duplicate.row(), duplicate.of());
                        case Row.Skipped skipped -> new ChunkRow.Skipped(skipped.row(), skipped.reason());
                    });
        }
        return planned;
    }

    @Override
    public Forecast forecast(long letters, Accounts.Account account, Instant now) {
        return notice.forecast(letters, account, now);
    }

    @Override
    public void finish(ReadUpload read, Forecast forecast, Findings findings, Instant now) {
        findings.addAll(previewRecipients.findings());
        if (canRender(findings)) findings.addAll(new LetterReview(incident, notice.letters(), now).findings(samples));
        var file = notice.key().file();
        var rows = read.rows();
        incident.affectedCount()
                .filter(count -> rows > 0 && count != rows)
                .ifPresent(count -> findings.add(Finding.at(COUNT_DIFFERS, file, 0, "affected_count", count, rows)));
        if (forecast.tooSlow(now))
            findings.add(Finding.of(TOO_SLOW, file, forecast.letters(), Forecast.LONGEST.toDays()));
    }

    /** Writes the preview, and offers preview mails unless the draft is refused. */
    @Override
    public void preview(ReadUpload read, Forecast forecast, Findings findings, Instant now) {
        var preview = Preview.of(
                incident,
                notice.key().file(),
                read.rows(),
                findings,
                forecast,
                samples,
                notice.letters(),
                new PublicTexts(incident, ports.letters()));
        var page = new PreviewPage(preview, new PreviewMessages(notice.language()));
        ports.previews().preview(notice.key().notice(), read.run(), page.html());
        var to = previewRecipients.addresses();
        var rows = PreviewRecipients.letters(samples);
        if (!findings.refuse() && !to.isEmpty() && !rows.isEmpty())
            ports.previewMails().offer(new PreviewMail(read.run(), frozen(read, now), to, rows));
    }

    /** Freezes the notice; refuses the list when the notice was frozen before with other facts, letters or identity. */
    @Override
    public FrozenNotice prepare(ReadUpload read, Findings findings, Instant now) {
        var ours = frozen(read, now);
        var frozen = ports.incidents().freeze(ours);
        // The event is retried, and then the list is checked against what is frozen.
        if (!frozen.sameAs(ours) && frozen.run().equals(ours.run()))
            throw new IllegalStateException("run " + ours.run() + " was frozen by another delivery under other facts");
        if (!frozen.sameAs(ours))
            findings.add(Finding.of(FROZEN, notice.key().file(), notice.key().notice()));
        return frozen;
    }

    private FrozenNotice frozen(ReadUpload read, Instant now) {
        return new FrozenNotice(
                notice.key().notice(),
                incident.frozenFacts(),
                incident.sha256(),
                notice.letters().sources(),
                identity,
                spread,
                now,
                read.run());
    }
}

package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.FrozenNotice;
import dk.underret.incident.NoticeStatus;
import dk.underret.recipient.RecipientList;
import dk.underret.recipient.Row;
import dk.underret.run.Accounts;
import dk.underret.run.ChunkRow;
import dk.underret.run.Forecast;
import java.time.Instant;
import java.util.List;

/**
 * Plans the rows of a list of decisions. Looks each row up in the ledger; a row that may not be sent again, or ended, gets a
 * finding and nothing else.
 */
final class DecisionPlan implements RowPlan {
    private final IntakePorts ports;
    private final ListNotice notice;
    private final FrozenNotice frozen;
    private final DecisionRows rows;

    private DecisionPlan(IntakePorts ports, ListNotice notice, FrozenNotice frozen, DecisionRows rows) {
        this.ports = ports;
        this.notice = notice;
        this.frozen = frozen;
        this.rows = rows;
    }

    /**
     * Checks the columns of a list whose header is read.
     *
     * @param findings gets the results
     */
    static DecisionPlan of(
            IntakePorts ports,
            ListNotice notice,
            Upload upload,
            UploadKey.Decision decision,
            RecipientList list,
            Findings findings) {
        notice.identityChanged(list).ifPresent(findings::add);
        var frozen = notice.frozen().orElseThrow();
        var rows = new DecisionRows(ports.ledger(), ports.runs(), frozen, list, upload, decision);
        return new DecisionPlan(ports, notice, frozen, rows);
    }

    /** A refused list of decisions is recorded as refused even in a draft: there is no preview to show it in. */
    @Override
    public boolean isDraft(Findings findings) {
        return notice.key().sends() && notice.incident().status() == NoticeStatus.DRAFT && !findings.refuse();
    }

    @Override
    public List<ChunkRow> plan(List<Row> batch, Findings findings) {
        return rows.plan(batch, findings);
    }

    @Override
    public Forecast forecast(long letters, Accounts.Account account, Instant now) {
        return notice.forecast(letters, account, now);
    }

    @Override
    public void finish(ReadUpload read, Forecast forecast, Findings findings, Instant now) {
        // Nothing depends on the whole list.
    }

    @Override
    public void preview(ReadUpload read, Forecast forecast, Findings findings, Instant now) {
        // The letters were previewed with the first list.
    }

    /** Reopens the runs of the rows, which are counted again. Comes before the run is recorded, so that a crash in between does no harm. */
    @Override
    public FrozenNotice prepare(ReadUpload read, Findings findings, Instant now) {
        rows.runs().forEach(ports.runs()::reopen);
        return frozen;
    }
}

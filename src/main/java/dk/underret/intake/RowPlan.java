package dk.underret.intake;

import dk.underret.incident.Findings;
import dk.underret.incident.FrozenNotice;
import dk.underret.recipient.Row;
import dk.underret.run.Accounts;
import dk.underret.run.ChunkRow;
import dk.underret.run.Forecast;
import java.time.Instant;
import java.util.List;

/** Plans what happens to the rows of one list: {@link SendPlan} sends letters, {@link DecisionPlan} acts on a person's decisions. */
interface RowPlan {
    /** Whether the list is checked only, because its notice is a draft. */
    boolean isDraft(Findings findings);

    /**
     * Plans the next rows, in the list's order.
     *
     * @param findings gets what is wrong with these rows beyond the list itself
     * @return one for each row
     */
    List<ChunkRow> plan(List<Row> rows, Findings findings);

    /** Forecasts when the last of the planned letters is sent. */
    Forecast forecast(long letters, Accounts.Account account, Instant now);

    /**
     * Checks what can be checked after the last row only.
     *
     * @param findings gets the results
     */
    void finish(ReadUpload read, Forecast forecast, Findings findings, Instant now);

    /** Writes what people read of a draft before they approve it. */
    void preview(ReadUpload read, Forecast forecast, Findings findings, Instant now);

    /**
     * Prepares the notice for the run, just before the run is planned.
     *
     * @param findings gets the reason when the run may not be planned
     * @return the frozen notice that the run is sent under
     */
    FrozenNotice prepare(ReadUpload read, Findings findings, Instant now);
}

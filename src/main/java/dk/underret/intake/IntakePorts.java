package dk.underret.intake;

import dk.underret.incident.Incidents;
import dk.underret.ledger.Ledger;
import dk.underret.letter.Letters;
import dk.underret.recipient.Keys;
import dk.underret.recipient.Lists;
import dk.underret.run.Accounts;
import dk.underret.run.Chunks;
import dk.underret.run.PreviewMails;
import dk.underret.run.Runs;
import dk.underret.run.Work;
import java.time.Clock;

/**
 * The ports that Intake works with.
 *
 * @param ledger read for the people whom an earlier notice told, and for decisions
 * @param clock the time of runs and freezing, and the start of forecasts
 */
public record IntakePorts(
        Lists lists,
        Letters letters,
        Keys keys,
        Incidents incidents,
        Runs runs,
        Ledger ledger,
        Chunks chunks,
        Work work,
        Evidence evidence,
        Previews previews,
        PreviewMails previewMails,
        Accounts accounts,
        Clock clock) {}

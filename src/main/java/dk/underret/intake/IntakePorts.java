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
 * What Intake works with.
 *
 * @param ledger tells who was told by an earlier notice
 * @param clock tells the time of runs and freezing, and when the last letter will be gone
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

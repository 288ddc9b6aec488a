package dk.underret.dispatch;

import dk.underret.incident.Incidents;
import dk.underret.ledger.Ledger;
import dk.underret.letter.Letters;
import dk.underret.run.Accounts;
import dk.underret.run.Chunks;
import dk.underret.run.Runs;
import dk.underret.run.Work;

/** The ports of a dispatcher. */
public record DispatchPorts(
        Incidents incidents,
        Letters letters,
        Runs runs,
        Chunks chunks,
        Ledger ledger,
        Work work,
        Mailer mailer,
        Accounts accounts) {}

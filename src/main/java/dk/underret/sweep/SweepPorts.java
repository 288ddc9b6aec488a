package dk.underret.sweep;

import dk.underret.incident.Incidents;
import dk.underret.ledger.Ledger;
import dk.underret.recipient.Lists;
import dk.underret.run.Accounts;
import dk.underret.run.Runs;
import dk.underret.run.Work;

/** The ports of a sweep. */
public record SweepPorts(
        Incidents incidents,
        Runs runs,
        Ledger ledger,
        Work work,
        Accounts accounts,
        Lists lists,
        UnreachedLists unreached) {}

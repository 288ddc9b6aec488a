package dk.underret.dispatch;

import dk.underret.incident.Incidents;
import dk.underret.letter.Letters;
import dk.underret.run.Accounts;
import dk.underret.run.PreviewMails;

/** What it reads and acts on. */
public record PreviewMailPorts(
        Incidents incidents, Letters letters, PreviewMails trials, Mailer mailer, Accounts accounts) {}

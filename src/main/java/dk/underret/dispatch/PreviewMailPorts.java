package dk.underret.dispatch;

import dk.underret.incident.Incidents;
import dk.underret.letter.Letters;
import dk.underret.run.Accounts;
import dk.underret.run.PreviewMails;

/** The ports of a {@link PreviewMailSender}. */
public record PreviewMailPorts(
        Incidents incidents, Letters letters, PreviewMails previewMails, Mailer mailer, Accounts accounts) {}

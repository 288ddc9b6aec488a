package dk.underret.run;

import java.util.Optional;

/** Stores preview mails in the work bucket under {@code trials/<run>/}, and enqueues them. They contain personal data and expire. */
public interface PreviewMails {
    /** Writes the preview mails of a draft, then puts one message per letter on the queue of chunks. */
    void offer(PreviewMail previewMail);

    /** Reads the preview mails of a run; empty when they do not exist. */
    Optional<PreviewMail> find(String run);

    /** Claims a letter: returns true to the first caller and false to all others, so that it is sent at most once. */
    boolean claim(PreviewMailMessage letter);
}

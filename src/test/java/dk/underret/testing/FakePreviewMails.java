package dk.underret.testing;

import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMailMessage;
import dk.underret.run.PreviewMails;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Preview mails in memory, with the messages that are put on the queue. */
public final class FakePreviewMails implements PreviewMails {
    private final Map<String, PreviewMail> mails = new LinkedHashMap<>();
    private final List<PreviewMailMessage> messages = new ArrayList<>();
    private final Set<PreviewMailMessage> claimed = new HashSet<>();

    @Override
    public synchronized void offer(PreviewMail mail) {
        mails.put(mail.run(), mail);
        for (int letter = 0; letter < mail.people().size(); letter++)
            messages.add(new PreviewMailMessage(mail.run(), letter));
    }

    @Override
    public synchronized Optional<PreviewMail> find(String run) {
        return Optional.ofNullable(mails.get(run));
    }

    @Override
    public synchronized boolean claim(PreviewMailMessage letter) {
        return claimed.add(letter);
    }

    /** Returns all messages that were put on the queue, in order. */
    public synchronized List<PreviewMailMessage> messages() {
        return List.copyOf(messages);
    }
}

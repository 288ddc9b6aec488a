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

/** Trial letters in memory, with the messages that would be on the queue. */
public final class FakePreviewMails implements PreviewMails {
    private final Map<String, PreviewMail> previewMails = new LinkedHashMap<>();
    private final List<PreviewMailMessage> messages = new ArrayList<>();
    private final Set<PreviewMailMessage> taken = new HashSet<>();

    @Override
    public synchronized void offer(PreviewMail previewMail) {
        previewMails.put(previewMail.run(), previewMail);
        for (int letter = 0; letter < previewMail.people().size(); letter++)
            messages.add(new PreviewMailMessage(previewMail.run(), letter));
    }

    @Override
    public synchronized Optional<PreviewMail> find(String run) {
        return Optional.ofNullable(previewMails.get(run));
    }

    @Override
    public synchronized boolean claim(PreviewMailMessage letter) {
        return taken.add(letter);
    }

    /** Everything that was ever put on the queue, in order. */
    public synchronized List<PreviewMailMessage> messages() {
        return List.copyOf(messages);
    }
}

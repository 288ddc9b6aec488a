package dk.underret.testing;

import dk.underret.intake.Trial;
import dk.underret.intake.TrialMessage;
import dk.underret.intake.Trials;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Trial letters in memory, with the messages that would be on the queue. */
public final class FakeTrials implements Trials {
    private final Map<String, Trial> trials = new LinkedHashMap<>();
    private final List<TrialMessage> messages = new ArrayList<>();
    private final Set<TrialMessage> taken = new HashSet<>();

    @Override
    public synchronized void offer(Trial trial) {
        trials.put(trial.run(), trial);
        for (int letter = 0; letter < trial.people().size(); letter++)
            messages.add(new TrialMessage(trial.run(), letter));
    }

    @Override
    public synchronized Optional<Trial> find(String run) {
        return Optional.ofNullable(trials.get(run));
    }

    @Override
    public synchronized boolean claim(TrialMessage letter) {
        return taken.add(letter);
    }

    /** Everything that was ever put on the queue, in order. */
    public synchronized List<TrialMessage> messages() {
        return List.copyOf(messages);
    }
}

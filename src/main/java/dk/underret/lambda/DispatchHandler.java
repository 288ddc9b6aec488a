package dk.underret.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dk.underret.dispatch.Dispatched;
import dk.underret.dispatch.Dispatcher;
import dk.underret.dispatch.PreviewMailResult;
import dk.underret.dispatch.PreviewMailSender;
import dk.underret.dispatch.WorkException;
import dk.underret.run.PreviewMailMessage;
import dk.underret.run.WorkMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queue's messages to {@link Dispatcher}, or to {@link PreviewMailSender} where they are a draft's, one at a time. A message that
 * fails is reported as such: SQS delivers it again, and sets it aside in the end; one that can't be done comes again soon, so that
 * the end is near. One log line for each.
 */
public final class DispatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Dispatcher dispatcher;
    private final PreviewMailSender trials;
    private final Consumer<String> soon;
    private final Log log;

    /** As Lambda makes it: from the environment. */
    public DispatchHandler() {
        this(Settings.dispatch(System.getenv()));
    }

    private DispatchHandler(Settings.Dispatch settings) {
        this(Wiring.dispatcher(settings), Wiring.trialSender(settings), Wiring.soon(settings), Log.standard());
    }

    /** Over these senders; {@code soon} is given the receipt handles of messages that can't be done. */
    DispatchHandler(Dispatcher dispatcher, PreviewMailSender trials, Consumer<String> soon, Log log) {
        this.dispatcher = dispatcher;
        this.trials = trials;
        this.soon = soon;
        this.log = log;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var failures = new ArrayList<BatchItemFailure>();
        for (var message : event.getRecords())
            if (!handle(message, Duration.ofMillis(context.getRemainingTimeInMillis())))
                failures.add(new BatchItemFailure(message.getMessageId()));
        return new SQSBatchResponse(failures);
    }

    /** Whether the message is done with. What is thrown is logged by its class and code: its message may be the SDK's. */
    private boolean handle(SQSMessage message, Duration remaining) {
        var trial = WorkMessageJson.trial(message.getBody());
        if (trial.isPresent()) return handle(message, trial.get());
        var work = WorkMessageJson.read(message.getBody());
        if (work.isEmpty()) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("message", message.getMessageId());
            fields.put("code", "NO_WORK_MESSAGE");
            log.event("message_refused", fields);
            comesSoon(message);
            return false;
        }
        try {
            done(work.get(), dispatcher.dispatch(work.get(), remaining));
            return true;
        } catch (WorkException e) {
            failed("chunk_failed", place(work.get()), e);
            comesSoon(message);
            return false;
        } catch (RuntimeException e) {
            failed("chunk_failed", place(work.get()), e);
            return false;
        }
    }

    private boolean handle(SQSMessage message, PreviewMailMessage letter) {
        try {
            done(letter, trials.send(letter));
            return true;
        } catch (WorkException e) {
            failed("trial_failed", place(letter), e);
            comesSoon(message);
            return false;
        } catch (RuntimeException e) {
            failed("trial_failed", place(letter), e);
            return false;
        }
    }

    private void done(PreviewMailMessage letter, PreviewMailResult tried) {
        var fields = place(letter);
        switch (tried) {
            case PreviewMailResult.Sent sent -> {
                fields.put("accepted", sent.accepted());
                fields.put("others", sent.others());
                sent.code().ifPresent(code -> fields.put("code", code));
                log.event("trial_sent", fields);
            }
            case PreviewMailResult.SentBefore before -> log.event("trial_sent_before", fields);
            case PreviewMailResult.Gone gone -> log.event("trial_gone", fields);
            case PreviewMailResult.NotNow not -> {
                fields.put("reason", not.reason().name());
                log.event("trial_not_sent", fields);
            }
        }
    }

    private void done(WorkMessage work, Dispatched dispatched) {
        var fields = place(work);
        switch (dispatched) {
            case Dispatched.Settled settled -> {
                settled.tally().counts().forEach((term, count) -> fields.put(term.label(), count));
                fields.put("run_complete", settled.runComplete());
                log.event("chunk_settled", fields);
            }
            case Dispatched.AlreadySettled before -> log.event("chunk_settled_before", fields);
            case Dispatched.HandedOver over -> {
                fields.put("next_row", over.nextRow());
                fields.put("idle_hops", over.idleHops());
                log.event("chunk_handed_over", fields);
            }
            case Dispatched.LeftOpen open -> {
                fields.put("reason", open.reason().name());
                fields.put("back_after_seconds", open.back().toSeconds());
                log.event("chunk_left_open", fields);
            }
            case Dispatched.Parked parked -> {
                fields.put("reason", parked.reason().name());
                log.event("chunk_parked", fields);
            }
        }
    }

    private void failed(String event, Map<String, Object> fields, RuntimeException e) {
        fields.put(
                "code",
                e instanceof WorkException work
                        ? work.code().name()
                        : e.getClass().getSimpleName());
        causes(e).ifPresent(causes -> fields.put("causes", causes));
        log.event(event, fields);
    }

    /** Where that fails, too, it comes when the queue's visibility timeout is over. */
    private void comesSoon(SQSMessage message) {
        try {
            soon.accept(message.getReceiptHandle());
        } catch (RuntimeException e) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("message", message.getMessageId());
            fields.put("fault", e.getClass().getSimpleName());
            log.event("message_comes_late", fields);
        }
    }

    private static Optional<String> causes(Throwable e) {
        var names = Stream.iterate(e.getCause(), c -> c != null, c -> c.getCause())
                .map(cause -> cause.getClass().getSimpleName())
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static Map<String, Object> place(WorkMessage work) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", work.run());
        fields.put("chunk", work.chunk());
        return fields;
    }

    private static Map<String, Object> place(PreviewMailMessage letter) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", letter.run());
        fields.put("letter", letter.letter());
        return fields;
    }
}

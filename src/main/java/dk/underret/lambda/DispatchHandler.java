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
 * Handles the messages of the dispatch queue one at a time: passes chunks to {@link Dispatcher} and preview mails to
 * {@link PreviewMailSender}, and writes one log line for each.
 *
 * <p>Reports a message that fails as a batch item failure, so SQS delivers it again and finally moves it to the dead-letter
 * queue. A message that can never succeed is retried after 30 s, so it reaches the dead-letter queue within the hour.
 */
public final class DispatchHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Dispatcher dispatcher;
    private final PreviewMailSender previewMails;
    private final Consumer<String> retrySoon;
    private final Log log;

    /** Creates the handler from the environment; called by Lambda. */
    public DispatchHandler() {
        this(Settings.dispatch(System.getenv()));
    }

    private DispatchHandler(Settings.Dispatch settings) {
        this(
                Wiring.dispatcher(settings),
                Wiring.previewMailSender(settings),
                Wiring.retrySoon(settings),
                Log.standard());
    }

    /**
     * Creates a handler with its parts.
     *
     * @param retrySoon receives the receipt handles of messages that can never succeed
     */
    DispatchHandler(Dispatcher dispatcher, PreviewMailSender previewMails, Consumer<String> retrySoon, Log log) {
        this.dispatcher = dispatcher;
        this.previewMails = previewMails;
        this.retrySoon = retrySoon;
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

    /**
     * Returns whether the message is done. Logs an exception by class and code only, because its message may come from the SDK
     * and hold personal data.
     */
    private boolean handle(SQSMessage message, Duration remaining) {
        var previewMail = WorkMessageJson.previewMail(message.getBody());
        if (previewMail.isPresent()) return handle(message, previewMail.get());
        var work = WorkMessageJson.read(message.getBody());
        if (work.isEmpty()) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("message", message.getMessageId());
            fields.put("code", "NO_WORK_MESSAGE");
            log.event("message_refused", fields);
            retrySoon(message);
            return false;
        }
        try {
            logResult(work.get(), dispatcher.dispatch(work.get(), remaining));
            return true;
        } catch (WorkException e) {
            logFailure("chunk_failed", fields(work.get()), e);
            retrySoon(message);
            return false;
        } catch (RuntimeException e) {
            logFailure("chunk_failed", fields(work.get()), e);
            return false;
        }
    }

    private boolean handle(SQSMessage message, PreviewMailMessage mail) {
        try {
            logResult(mail, previewMails.send(mail));
            return true;
        } catch (WorkException e) {
            logFailure("trial_failed", fields(mail), e);
            retrySoon(message);
            return false;
        } catch (RuntimeException e) {
            logFailure("trial_failed", fields(mail), e);
            return false;
        }
    }

    private void logResult(PreviewMailMessage mail, PreviewMailResult result) {
        var fields = fields(mail);
        switch (result) {
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

    private void logResult(WorkMessage work, Dispatched result) {
        var fields = fields(work);
        switch (result) {
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
                fields.put("back_after_seconds", open.delay().toSeconds());
                log.event("chunk_left_open", fields);
            }
            case Dispatched.Parked parked -> {
                fields.put("reason", parked.reason().name());
                log.event("chunk_parked", fields);
            }
        }
    }

    private void logFailure(String event, Map<String, Object> fields, RuntimeException e) {
        fields.put(
                "code",
                e instanceof WorkException work
                        ? work.code().name()
                        : e.getClass().getSimpleName());
        causes(e).ifPresent(causes -> fields.put("causes", causes));
        log.event(event, fields);
    }

    /** If this fails too, SQS delivers the message again after the queue's visibility timeout. */
    private void retrySoon(SQSMessage message) {
        try {
            retrySoon.accept(message.getReceiptHandle());
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

    private static Map<String, Object> fields(WorkMessage work) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", work.run());
        fields.put("chunk", work.chunk());
        return fields;
    }

    private static Map<String, Object> fields(PreviewMailMessage mail) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", mail.run());
        fields.put("letter", mail.letter());
        return fields;
    }
}

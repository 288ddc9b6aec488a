package dk.underret.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dk.underret.feedback.Feedback;
import dk.underret.feedback.SesEventResult;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * Passes SES's events to {@link Feedback}: messages of the feedback queue, which subscribes to the SNS topic, up to ten at a time.
 *
 * <p>Logs the code of an event that is set aside and counts its message as done. Reports a message that fails as a batch item
 * failure, so that only this message is delivered again.
 */
public final class FeedbackHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Feedback feedback;
    private final Log log;

    /** Creates the handler from the environment; called by Lambda. */
    public FeedbackHandler() {
        this(Wiring.feedback(Settings.feedback(System.getenv())), Log.standard());
    }

    /** Creates a handler with its parts. */
    FeedbackHandler(Feedback feedback, Log log) {
        this.feedback = feedback;
        this.log = log;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var failures = new ArrayList<BatchItemFailure>();
        var counts = new TreeMap<String, Integer>();
        for (var message : event.getRecords()) {
            var result = handle(message);
            counts.merge(result, 1, Integer::sum);
            if (result.equals("failed")) failures.add(new BatchItemFailure(message.getMessageId()));
        }
        log.event("feedback", counts);
        return new SQSBatchResponse(failures);
    }

    /** Returns the result's name in the log. Logs an exception by class only, because its message may come from the SDK. */
    private String handle(SQSMessage message) {
        try {
            return switch (feedback.take(message.getBody())) {
                case SesEventResult.Applied applied -> "applied";
                case SesEventResult.Known known -> "known";
                case SesEventResult.SetAside aside -> {
                    log.event(
                            "feedback_set_aside",
                            Map.of(
                                    "message",
                                    message.getMessageId(),
                                    "code",
                                    aside.code().name()));
                    yield "set_aside";
                }
            };
        } catch (RuntimeException e) {
            log.event(
                    "feedback_failed",
                    Map.of(
                            "message",
                            message.getMessageId(),
                            "fault",
                            e.getClass().getSimpleName()));
            return "failed";
        }
    }
}

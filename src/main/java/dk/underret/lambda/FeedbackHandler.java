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
 * SES's events, from the queue behind the topic, to {@link Feedback}, up to ten at a time. What is set aside is done with and gets a
 * log line with its code; a message that fails is reported as such, and its neighbours are not held up by it.
 */
public final class FeedbackHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Feedback feedback;
    private final Log log;

    /** As Lambda makes it: from the environment. */
    public FeedbackHandler() {
        this(Wiring.feedback(Settings.feedback(System.getenv())), Log.standard());
    }

    /** Over this feedback. */
    FeedbackHandler(Feedback feedback, Log log) {
        this.feedback = feedback;
        this.log = log;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        var failures = new ArrayList<BatchItemFailure>();
        var counts = new TreeMap<String, Integer>();
        for (var message : event.getRecords()) {
            var word = take(message);
            counts.merge(word, 1, Integer::sum);
            if (word.equals("failed")) failures.add(new BatchItemFailure(message.getMessageId()));
        }
        log.event("feedback", counts);
        return new SQSBatchResponse(failures);
    }

    /** What is thrown is logged by its class: its message may be the SDK's. */
    private String take(SQSMessage message) {
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

package dk.underret.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import dk.underret.intake.Intake;
import dk.underret.intake.Upload;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * S3's event on an upload → {@link Intake}. The event that S3 sends when notifications are set up has no records, and one for a
 * deleted object, or for another bucket, is none of ours: all are passed over.
 *
 * <p>It throws only what is worth a retry. What is thrown names the run and the kind of fault, never a message: those may quote
 * what was read.
 */
public final class IntakeHandler implements RequestHandler<S3Event, @Nullable Void> {
    private final Intake intake;
    private final String bucket;
    private final Log log;

    /** As Lambda makes it, from the environment. */
    public IntakeHandler() {
        this(Settings.intake(System.getenv()), Log.standard());
    }

    private IntakeHandler(Settings.Intake settings, Log log) {
        this(Wiring.intake(settings), settings.uploadsBucket(), log);
    }

    /** With its parts; events of another bucket are passed over. */
    IntakeHandler(Intake intake, String bucket, Log log) {
        this.intake = intake;
        this.bucket = bucket;
        this.log = log;
    }

    @Override
    public @Nullable Void handleRequest(S3Event event, Context context) {
        var failed = Optional.<RuntimeException>empty();
        for (var record : Optional.ofNullable(event.getRecords()).orElse(List.of())) {
            var arrival = arrival(record);
            if (arrival.isEmpty()) continue;
            try {
                answer(arrival.get());
            } catch (IOException | RuntimeException e) {
                failed = failed.or(() -> Optional.of(failure(arrival.get(), e)));
            }
        }
        failed.ifPresent(failure -> {
            throw failure;
        });
        return null;
    }

    private void answer(Upload arrival) throws IOException {
        IntakeResultLog.write(log, arrival, intake.take(arrival));
    }

    private RuntimeException failure(Upload arrival, Exception e) {
        var kind = e.getClass().getSimpleName();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", arrival.run());
        fields.put("fault", kind);
        log.event("intake_failed", fields);
        var failure = new IllegalStateException("intake of run " + arrival.run() + " failed: " + kind);
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    private Optional<Upload> arrival(S3EventNotificationRecord record) {
        var name = Optional.ofNullable(record.getEventName()).orElse("");
        var s3 = record.getS3();
        if (!name.startsWith("ObjectCreated:")
                || s3 == null
                || !bucket.equals(s3.getBucket().getName())) return Optional.empty();
        var object = s3.getObject();
        return Optional.of(new Upload(
                bucket,
                decoded(object.getKey()),
                text(object.getVersionId()),
                text(object.getSequencer()),
                record.getUserIdentity() == null
                        ? ""
                        : text(record.getUserIdentity().getPrincipalId()),
                record.getEventTime() == null
                        ? Instant.EPOCH
                        : Instant.ofEpochMilli(record.getEventTime().getMillis())));
    }

    /** Keys come form-encoded, a space as {@code +}; LocalStack's {@code %20} reads the same. What can't be decoded stands as it is, and is no key of ours. */
    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}

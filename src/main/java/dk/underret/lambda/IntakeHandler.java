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
 * Passes S3's event for an upload to {@link Intake}. Ignores the test event that S3 sends when notifications are configured, which
 * has no records, and events for deleted objects or other buckets.
 *
 * <p>Throws only for failures that a retry may cure. The exception names the run and the class of the failure. It omits the
 * failure's message, which may quote the upload.
 */
public final class IntakeHandler implements RequestHandler<S3Event, @Nullable Void> {
    private final Intake intake;
    private final String bucket;
    private final Log log;

    /** Creates the handler from the environment; called by Lambda. */
    public IntakeHandler() {
        this(Settings.intake(System.getenv()), Log.standard());
    }

    private IntakeHandler(Settings.Intake settings, Log log) {
        this(Wiring.intake(settings), settings.uploadsBucket(), log);
    }

    /** Creates a handler with its parts. Ignores events of other buckets than {@code bucket}. */
    IntakeHandler(Intake intake, String bucket, Log log) {
        this.intake = intake;
        this.bucket = bucket;
        this.log = log;
    }

    @Override
    public @Nullable Void handleRequest(S3Event event, Context context) {
        var failed = Optional.<RuntimeException>empty();
        for (var record : Optional.ofNullable(event.getRecords()).orElse(List.of())) {
            var upload = upload(record);
            if (upload.isEmpty()) continue;
            try {
                take(upload.get());
            } catch (IOException | RuntimeException e) {
                failed = failed.or(() -> Optional.of(failure(upload.get(), e)));
            }
        }
        failed.ifPresent(failure -> {
            throw failure;
        });
        return null;
    }

    private void take(Upload upload) throws IOException {
        IntakeResultLog.write(log, upload, intake.take(upload));
    }

    private RuntimeException failure(Upload upload, Exception e) {
        var kind = e.getClass().getSimpleName();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("run", upload.run());
        fields.put("fault", kind);
        log.event("intake_failed", fields);
        var failure = new IllegalStateException("intake of run " + upload.run() + " failed: " + kind);
        failure.setStackTrace(e.getStackTrace());
        return failure;
    }

    private Optional<Upload> upload(S3EventNotificationRecord record) {
        var name = Optional.ofNullable(record.getEventName()).orElse("");
        var s3 = record.getS3();
        if (!name.startsWith("ObjectCreated:")
                || s3 == null
                || !bucket.equals(s3.getBucket().getName())) return Optional.empty();
        var object = s3.getObject();
        return Optional.of(new Upload(
                bucket,
                decode(object.getKey()),
                text(object.getVersionId()),
                text(object.getSequencer()),
                record.getUserIdentity() == null
                        ? ""
                        : text(record.getUserIdentity().getPrincipalId()),
                record.getEventTime() == null
                        ? Instant.EPOCH
                        : Instant.ofEpochMilli(record.getEventTime().getMillis())));
    }

    /**
     * Decodes a key, which S3 form-encodes: a space is {@code +}, and LocalStack's {@code %20} decodes to the same. Returns a
     * key with an invalid escape, which S3 never sends, unchanged.
     */
    private static String decode(String key) {
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

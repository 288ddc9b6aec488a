package dk.underret.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dk.underret.sweep.Sweep;
import dk.underret.sweep.SweepReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@link Sweep} on the schedule. Ignores the event's content. Writes one log line per sweep, from which CloudWatch extracts
 * metrics (embedded metric format). Writes zeros if there is nothing to sweep: an alarm returns to OK only when it sees them.
 */
public final class SweepHandler implements RequestHandler<Map<String, Object>, @Nullable Void> {
    /** The metrics' namespace. Their only dimension is the function's name, which separates stacks. */
    static final String NAMESPACE = "Underret";

    private static final String FUNCTION = "FunctionName";
    private static final List<String> METRICS =
            List.of("OpenRuns", "Requeued", "NewlyHeld", "Held", "Paused", "Broken", "Late", "OnHold");

    private final Sweep sweep;
    private final Log log;

    /** Creates the handler from the environment; called by Lambda. */
    public SweepHandler() {
        this(Wiring.sweep(Settings.sweep(System.getenv())), Log.standard());
    }

    /** Creates a handler with its parts. */
    SweepHandler(Sweep sweep, Log log) {
        this.sweep = sweep;
        this.log = log;
    }

    @Override
    public @Nullable Void handleRequest(Map<String, Object> event, Context context) {
        try {
            write(sweep.sweep(), context.getFunctionName());
            return null;
        } catch (RuntimeException e) {
            // The exception's message may come from the SDK, so only its class is logged.
            var kind = e.getClass().getSimpleName();
            log.event("sweep_failed", Map.of("fault", kind));
            var failure = new IllegalStateException("sweep failed: " + kind);
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    private void write(SweepReport report, String function) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(FUNCTION, function);
        fields.put("OpenRuns", report.open());
        fields.put("Requeued", report.requeued());
        fields.put("NewlyHeld", report.newlyHeld());
        fields.put("Held", report.held());
        fields.put("Paused", report.paused());
        fields.put("Broken", report.broken());
        fields.put("Late", report.late());
        fields.put("OnHold", report.onHold() ? 1 : 0);
        log.metrics("swept", NAMESPACE, FUNCTION, METRICS, fields);
    }
}

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
 * The schedule's tick → {@link Sweep}; what the tick says is not looked at. One line a sweep, which is metrics too: CloudWatch reads
 * them out of the log (embedded metric format). Where there is nothing to sweep the line says zeros: an alarm that has ended must see it.
 */
public final class SweepHandler implements RequestHandler<Map<String, Object>, @Nullable Void> {
    /** The metrics' namespace; their one dimension is the function's name, so that stacks keep apart. */
    static final String NAMESPACE = "Underret";

    private static final String FUNCTION = "FunctionName";
    private static final List<String> METRICS =
            List.of("OpenRuns", "Requeued", "NewlyHeld", "Held", "Paused", "Broken", "Late", "OnHold");

    private final Sweep sweep;
    private final Log log;

    /** As Lambda makes it: from the environment. */
    public SweepHandler() {
        this(Wiring.sweep(Settings.sweep(System.getenv())), Log.standard());
    }

    /** Over this sweep. */
    SweepHandler(Sweep sweep, Log log) {
        this.sweep = sweep;
        this.log = log;
    }

    @Override
    public @Nullable Void handleRequest(Map<String, Object> tick, Context context) {
        try {
            write(sweep.sweep(), context.getFunctionName());
            return null;
        } catch (RuntimeException e) {
            // Its message may be the SDK's.
            var kind = e.getClass().getSimpleName();
            log.event("sweep_failed", Map.of("fault", kind));
            var failure = new IllegalStateException("sweep failed: " + kind);
            failure.setStackTrace(e.getStackTrace());
            throw failure;
        }
    }

    private void write(SweepReport swept, String function) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(FUNCTION, function);
        fields.put("OpenRuns", swept.open());
        fields.put("Requeued", swept.requeued());
        fields.put("NewlyHeld", swept.newlyHeld());
        fields.put("Held", swept.held());
        fields.put("Paused", swept.paused());
        fields.put("Broken", swept.broken());
        fields.put("Late", swept.late());
        fields.put("OnHold", swept.onHold() ? 1 : 0);
        log.metrics("swept", NAMESPACE, FUNCTION, METRICS, fields);
    }
}

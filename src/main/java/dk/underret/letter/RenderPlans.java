package dk.underret.letter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The plans made so far, as a decision tree over the conditions that decided their shapes. Rendering is deterministic: the first
 * condition is the same for all rows, and each next one follows from the results before it.
 */
final class RenderPlans {
    /** Bounds the memory: a condition whose result differs in every row makes a shape per row. Further rows are rendered anew. */
    private static final int MAX_PLANS = 512;

    private final Node root = new Node();
    private final AtomicInteger count = new AtomicInteger();

    /** Returns the plan that serves this row; null if no earlier row had the same shape. */
    @Nullable
    RenderPlan find(RenderRow row) {
        for (Node node = root; node != null; ) {
            var plan = node.plan;
            if (plan != null) return plan;
            var condition = node.condition;
            if (condition == null) return null;
            node = node.next.get(condition.of(row));
        }
        return null;
    }

    /** Adds a plan for the rows with these results. */
    void add(List<RenderTrace.Step> steps, RenderPlan plan) {
        if (count.incrementAndGet() > MAX_PLANS) return;
        Node node = root;
        for (var step : steps) {
            node.condition = step.condition();
            node = node.next.computeIfAbsent(step.result(), result -> new Node());
        }
        node.plan = plan;
    }

    private static final class Node {
        private volatile @Nullable ShapeCondition condition;
        private volatile @Nullable RenderPlan plan;
        private final Map<Object, Node> next = new ConcurrentHashMap<>();
    }
}

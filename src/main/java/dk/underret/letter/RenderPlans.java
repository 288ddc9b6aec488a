package dk.underret.letter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The plans that were made so far, found by asking a row the questions that decided them, in the order in which they came up. A
 * rendering is deterministic: the first question is the same for all rows, each next one follows from the answers before it.
 */
final class RenderPlans {
    /** Beyond as many shapes the rest is rendered anew for each row: a guard on what differs from row to row must not fill the memory. */
    private static final int MOST = 512;

    private final Node root = new Node();
    private final AtomicInteger count = new AtomicInteger();

    /** The plan that serves this row; none when no row before it answered alike. */
    @Nullable
    RenderPlan find(RenderRow row) {
        for (Node node = root; node != null; ) {
            var plan = node.plan;
            if (plan != null) return plan;
            var question = node.question;
            if (question == null) return null;
            node = node.next.get(question.of(row));
        }
        return null;
    }

    /** Keeps a plan for the rows that answer alike. */
    void keep(List<RenderTrace.Step> steps, RenderPlan plan) {
        if (count.incrementAndGet() > MOST) return;
        Node node = root;
        for (var step : steps) {
            node.question = step.question();
            node = node.next.computeIfAbsent(step.answer(), answer -> new Node());
        }
        node.plan = plan;
    }

    private static final class Node {
        private volatile @Nullable ShapeCondition question;
        private volatile @Nullable RenderPlan plan;
        private final Map<Object, Node> next = new ConcurrentHashMap<>();
    }
}

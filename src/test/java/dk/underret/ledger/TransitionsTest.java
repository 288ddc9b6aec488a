package dk.underret.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.testing.TransitionTable;
import dk.underret.testing.TransitionTable.Cell;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {
    private static final Set<Trigger> FEEDBACK = EnumSet.of(
            Trigger.SENT_EVENT,
            Trigger.DELIVERY,
            Trigger.BOUNCE,
            Trigger.SUPPRESSION,
            Trigger.COMPLAINT,
            Trigger.REJECTION);

    static List<Cell> cells() {
        return TransitionTable.cells();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void a_trigger_leads_to_the_status_in_the_table(Cell cell) {
        assertThat(Transitions.next(cell.from(), cell.trigger())).isEqualTo(cell.to());
    }

    @Test
    void the_table_has_every_status_and_every_trigger() {
        assertThat(cells()).hasSize((SendStatus.values().length + 1) * Trigger.values().length);
        assertThat(cells()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Trigger.class)
    void the_statuses_that_a_trigger_changes_and_keeps_are_those_in_the_table(Trigger trigger) {
        assertThat(Transitions.moves(trigger)).isEqualTo(from(trigger, false));
        assertThat(Transitions.stays(trigger)).isEqualTo(from(trigger, true));
    }

    private static Set<SendStatus> from(Trigger trigger, boolean same) {
        var set = EnumSet.noneOf(SendStatus.class);
        for (var cell : cells())
            if (cell.trigger() == trigger && cell.to().isPresent() && cell.to().equals(cell.from()) == same)
                cell.from().ifPresent(set::add);
        return set;
    }

    @Test
    void two_events_leave_the_same_status_in_either_order() {
        for (var first : FEEDBACK)
            for (var second : FEEDBACK)
                assertThat(after(SendStatus.SENDING, first, second))
                        .as("%s, %s", first, second)
                        .isEqualTo(after(SendStatus.SENDING, second, first));
    }

    @Test
    void a_repeated_event_changes_nothing() {
        for (var event : FEEDBACK)
            assertThat(after(SendStatus.UNKNOWN, event, event, event)).isEqualTo(after(SendStatus.UNKNOWN, event));
    }

    @Test
    void feedback_before_the_settle_keeps_its_status() {
        for (var event : FEEDBACK)
            for (var settle : List.of(Trigger.ACCEPT, Trigger.DEFER, Trigger.REFUSE, Trigger.DOUBT))
                assertThat(after(SendStatus.SENDING, event, settle)).isEqualTo(after(SendStatus.SENDING, event));
    }

    @Test
    void a_letter_that_may_have_been_sent_is_never_sent_again_automatically() {
        assertThat(Transitions.moves(Trigger.CLAIM)).containsExactly(SendStatus.WAITING);
        assertThat(Transitions.moves(Trigger.RESEND))
                .containsExactlyInAnyOrder(SendStatus.HELD, SendStatus.FAILED, SendStatus.BOUNCED);
    }

    private static Optional<SendStatus> after(SendStatus from, Trigger... triggers) {
        var status = Optional.of(from);
        for (var trigger : triggers) status = Transitions.next(status, trigger);
        return status;
    }
}

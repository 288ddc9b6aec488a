package dk.underret.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.feedback.SesEventResult.Applied;
import dk.underret.feedback.SesEventResult.Known;
import dk.underret.feedback.SesEventResult.SetAside;
import dk.underret.feedback.SesEventResult.SetAside.Code;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.AttemptStatus;
import dk.underret.ledger.Decision;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.SendRecords;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackTest {
    private static final NoticeId NOTICE = new NoticeId("komit", "main");
    private static final SendKey KEY = new SendKey(NOTICE, "a".repeat(64));
    private static final Instant CLAIMED = Instant.parse("2026-03-02T08:00:00Z");

    private final FakeLedger ledger = new FakeLedger();
    private final Feedback feedback = new Feedback(ledger);

    private static SendRecord sending(SendKey key, String token) {
        return SendRecords.of(
                key,
                SendStatus.SENDING,
                1,
                token,
                new Origin("0".repeat(32), 2),
                SendRecords.letter(),
                Optional.empty(),
                Optional.empty(),
                Map.of(SendStatus.SENDING, CLAIMED));
    }

    private SendRecord record() {
        return ledger.records().get(KEY);
    }

    private SendStatus after(String... events) {
        ledger.put(sending(KEY, "one"));
        for (var event : events) feedback.take(SnsEnvelopes.of(event, KEY, "one"));
        return record().status();
    }

    @ParameterizedTest
    @CsvSource({
        "Send, ACCEPTED",
        "DeliveryDelay, ACCEPTED",
        "Delivery, DELIVERED",
        "Permanent, BOUNCED",
        "Transient, BOUNCED",
        "Undetermined, BOUNCED",
        "OnAccountSuppressionList, SUPPRESSED",
        "Suppressed, SUPPRESSED",
        "Complaint, COMPLAINED",
        "ComplaintSuppressed, SUPPRESSED",
        "Reject, REJECTED",
        "Rendering Failure, REJECTED"
    })
    void each_kind_of_event_closes_an_attempt_before_its_settle(String event, SendStatus status) {
        assertThat(after(event)).isEqualTo(status);
    }

    /** A delivery delay shows, like Send, that SES accepted the letter. The time is that of the acceptance, not of the delay. */
    @ParameterizedTest
    @ValueSource(strings = {"Send", "DeliveryDelay"})
    void a_letter_is_accepted_at_the_time_at_which_ses_accepted_it(String event) {
        after(event);
        assertThat(record().newest().at()).containsEntry(AttemptStatus.ACCEPTED, SnsEnvelopes.TAKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transient", "Undetermined"})
    void an_out_of_office_reply_leaves_a_letter_delivered(String bounce) {
        assertThat(after("Send", "Delivery", bounce)).isEqualTo(SendStatus.DELIVERED);
        assertThat(record().newest().at())
                .containsEntry(AttemptStatus.SOFT_BOUNCED, SnsEnvelopes.at(bounce))
                .doesNotContainKey(AttemptStatus.BOUNCED);
        assertThat(record().newest().code()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Transient, SOFT_BOUNCED",
        "Undetermined, SOFT_BOUNCED",
        "Permanent, BOUNCED",
        "Transient Permanent, BOUNCED",
        "Permanent Transient, BOUNCED",
        "Transient Delivery, DELIVERED"
    })
    void a_soft_bounce_and_a_permanent_one_are_two_states_of_an_attempt(String events, AttemptStatus status) {
        after(events.split(" "));
        assertThat(record().newest().status()).isEqualTo(status);
    }

    @Test
    void a_permanent_bounce_overrides_a_delivery() {
        assertThat(after("Delivery", "Permanent")).isEqualTo(SendStatus.BOUNCED);
        assertThat(record().newest().code()).contains("Permanent.General");
        assertThat(record().newest().at())
                .containsEntry(AttemptStatus.DELIVERED, SnsEnvelopes.at("Delivery"))
                .containsEntry(AttemptStatus.BOUNCED, SnsEnvelopes.at("Permanent"));
    }

    @Test
    void an_event_delivered_three_times_is_one_transition() {
        ledger.put(sending(KEY, "one"));
        var event = SnsEnvelopes.of("Delivery", KEY, "one");
        assertThat(List.of(feedback.take(event), feedback.take(event), feedback.take(event)))
                .containsExactly(
                        new Applied(NOTICE, SendStatus.DELIVERED),
                        new Known(NOTICE, SendStatus.DELIVERED),
                        new Known(NOTICE, SendStatus.DELIVERED));
    }

    static Stream<List<String>> sets_of_events() {
        var kinds = List.of(
                "Send",
                "DeliveryDelay",
                "Delivery",
                "Permanent",
                "Transient",
                "Undetermined",
                "Suppressed",
                "Complaint",
                "Reject");
        return IntStream.range(1, 1 << kinds.size())
                .filter(set -> Integer.bitCount(set) <= 4)
                .mapToObj(set -> IntStream.range(0, kinds.size())
                        .filter(i -> (set & (1 << i)) != 0)
                        .mapToObj(kinds::get)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("sets_of_events")
    void every_order_of_the_same_events_leaves_the_same_record(List<String> events) {
        after(events.toArray(String[]::new));
        var first = record();
        for (var order : orders(events)) {
            after(order.toArray(String[]::new));
            assertThat(record()).as("%s", order).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @MethodSource("sets_of_events")
    void a_settle_anywhere_among_the_events_leaves_the_same_status_and_times(List<String> events) {
        after(events.toArray(String[]::new));
        var first = record();
        for (var trigger : List.of(Trigger.ACCEPT, Trigger.DOUBT, Trigger.DEFER))
            for (int place = 0; place <= events.size(); place++) {
                ledger.put(sending(KEY, "one"));
                for (int i = 0; i <= events.size(); i++) {
                    if (i == place) settle(trigger);
                    if (i < events.size()) feedback.take(SnsEnvelopes.of(events.get(i), KEY, "one"));
                }
                assertThat(record().status())
                        .as("%s %s at %s", events, trigger, place)
                        .isEqualTo(first.status());
                assertThat(record().newest().at()).containsAllEntriesOf(timesOfEvents(first));
                assertThat(record().newest().messageId()).contains("id-one");
            }
    }

    private static Map<AttemptStatus, Instant> timesOfEvents(SendRecord record) {
        var times = new EnumMap<AttemptStatus, Instant>(record.newest().at());
        times.remove(AttemptStatus.ACCEPTED);
        return times;
    }

    private void close() {
        var decision = new Decision("1".repeat(32), "AWS:BIRTE", "deceased", Optional.empty());
        ledger.end(record(), Trigger.CLOSE, decision, CLAIMED);
    }

    private void settle(Trigger trigger) {
        var id = trigger == Trigger.ACCEPT ? Optional.of("id-one") : Optional.<String>empty();
        ledger.settle(KEY, "one", trigger, CLAIMED.plusSeconds(1), id, Optional.empty());
    }

    private static List<List<String>> orders(List<String> events) {
        if (events.isEmpty()) return List.of(List.of());
        var orders = new ArrayList<List<String>>();
        for (var first : events) {
            var rest = new ArrayList<>(events);
            rest.remove(first);
            for (var order : orders(rest))
                orders.add(Stream.concat(Stream.of(first), order.stream()).toList());
        }
        return orders;
    }

    @Nested
    class Of_two_attempts {
        private SendRecord resentAfter(String... events) {
            after(events);
            var again = record().resent(
                            "two",
                            new Decision("1".repeat(32), "AWS:BIRTE", "", Optional.empty()),
                            SendRecords.letter().orElseThrow(),
                            CLAIMED.plusSeconds(60));
            ledger.put(again);
            return again;
        }

        private void take(String token, String... events) {
            for (var event : events) feedback.take(SnsEnvelopes.of(event, KEY, token));
        }

        @Test
        void an_event_of_the_first_is_kept_with_the_first() {
            resentAfter("Permanent");
            take("two", "Send");
            take("one", "Complaint");
            assertThat(record().status()).isEqualTo(SendStatus.ACCEPTED);
            assertThat(record().earlier().getFirst().status()).isEqualTo(AttemptStatus.COMPLAINED);
            assertThat(record().newest().at()).containsOnlyKeys(AttemptStatus.SENDING, AttemptStatus.ACCEPTED);
        }

        @Test
        void the_status_is_delivered_if_any_attempt_was_delivered() {
            resentAfter();
            take("two", "Permanent");
            assertThat(record().status()).isEqualTo(SendStatus.BOUNCED);
            take("one", "Delivery");
            assertThat(record().status()).isEqualTo(SendStatus.DELIVERED);
            assertThat(record().newest().status()).isEqualTo(AttemptStatus.BOUNCED);
        }

        @Test
        void a_bounce_of_the_second_leaves_the_status_of_a_delivered_first() {
            resentAfter();
            take("one", "Delivery");
            take("two", "Permanent");
            assertThat(record().status()).isEqualTo(SendStatus.DELIVERED);
        }

        @Test
        void the_second_decides_the_status_when_the_delivered_first_bounces_later() {
            resentAfter();
            take("one", "Delivery");
            assertThat(record().status()).isEqualTo(SendStatus.DELIVERED);
            ledger.settle(KEY, "two", Trigger.ACCEPT, CLAIMED, Optional.of("id-two"), Optional.empty());
            take("one", "Permanent");
            assertThat(record().status()).isEqualTo(SendStatus.ACCEPTED);
        }

        @Test
        void any_order_of_all_their_events_leaves_the_same_record() {
            var events = List.of(
                    "one Transient", "one Delivery", "one Permanent", "two Send", "two Delivery", "two Complaint");
            var random = new Random(20260302);
            SendRecord first = null;
            for (int i = 0; i < 200; i++) {
                resentAfter();
                var order = new ArrayList<>(events);
                order.addAll(events.subList(0, i % 4));
                Collections.shuffle(order, random);
                for (var event : order) take(event.substring(0, 3), event.substring(4));
                if (first == null) first = record();
                assertThat(record()).as("%s", order).isEqualTo(first);
            }
        }

        @Test
        void a_repeated_event_after_a_person_closed_is_known() {
            after("Permanent");
            close();
            var closed = record();
            assertThat(feedback.take(SnsEnvelopes.of("Permanent", KEY, "one")))
                    .isEqualTo(new Known(NOTICE, SendStatus.CLOSED));
            assertThat(record()).isEqualTo(closed);
        }

        @Test
        void a_record_that_a_person_closed_stays_closed_and_keeps_the_time() {
            after("Permanent");
            close();
            take("one", "Delivery");
            assertThat(record().status()).isEqualTo(SendStatus.CLOSED);
            assertThat(record().newest().at()).containsEntry(AttemptStatus.DELIVERED, SnsEnvelopes.at("Delivery"));
        }
    }

    @Nested
    class Set_aside {
        private void nothing_is_applied(String body, Code code) {
            ledger.put(sending(KEY, "one"));
            var before = ledger.records();
            assertThat(feedback.take(body)).isEqualTo(new SetAside(code));
            assertThat(ledger.records()).isEqualTo(before);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Subscription", "Open", "Click", "Something New"})
        void are_types_that_are_not_used(String type) {
            nothing_is_applied(SnsEnvelopes.of(type, KEY, "one"), Code.OTHER_TYPE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "{", "7", "\"text\"", "[]", "null", "{\"Message\":7}"})
        void is_a_body_that_is_not_a_notification(String body) {
            nothing_is_applied(body, Code.NO_NOTIFICATION);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "no json", "{}", "{\"eventType\":7}", "{\"eventType\":\"Send\"}"})
        void is_a_notification_without_an_event(String message) {
            nothing_is_applied(SnsEnvelopes.envelope(message), Code.NO_EVENT);
        }

        @Test
        void is_an_event_of_another_token() {
            nothing_is_applied(SnsEnvelopes.of("Delivery", KEY, "forged"), Code.NO_ATTEMPT);
        }

        @Test
        void is_an_event_of_a_recipient_that_is_not_in_the_ledger() {
            var foreign = new SendKey(NOTICE, "b".repeat(64));
            nothing_is_applied(SnsEnvelopes.of("Delivery", foreign, "one"), Code.NO_RECORD);
        }

        @Test
        void is_an_event_of_another_notice() {
            var foreign = new SendKey(new NoticeId("komit", "other"), KEY.recipient());
            nothing_is_applied(SnsEnvelopes.of("Delivery", foreign, "one"), Code.NO_RECORD);
        }

        @Test
        void is_an_event_of_another_message() {
            ledger.put(sending(KEY, "one"));
            settle(Trigger.ACCEPT);
            var before = ledger.records();
            var other = SnsEnvelopes.of("Delivery", KEY, "one").replace("id-one", "id-other");
            assertThat(feedback.take(other)).isEqualTo(new SetAside(Code.OTHER_MESSAGE));
            assertThat(ledger.records()).isEqualTo(before);
        }

        @Test
        void is_an_event_of_an_attempt_that_ses_refused() {
            ledger.put(sending(KEY, "one"));
            ledger.settle(KEY, "one", Trigger.REFUSE, CLAIMED, Optional.empty(), Optional.of("MessageRejected"));
            var before = ledger.records();
            assertThat(feedback.take(SnsEnvelopes.of("Send", KEY, "one"))).isEqualTo(new SetAside(Code.NOT_SENT));
            assertThat(ledger.records()).isEqualTo(before);
        }

        @Test
        void is_an_event_of_an_attempt_that_ses_refused_when_a_person_has_closed_it() {
            ledger.put(sending(KEY, "one"));
            ledger.settle(KEY, "one", Trigger.REFUSE, CLAIMED, Optional.empty(), Optional.of("MessageRejected"));
            close();
            var closed = record();
            assertThat(feedback.take(SnsEnvelopes.of("Send", KEY, "one"))).isEqualTo(new SetAside(Code.NOT_SENT));
            assertThat(record()).isEqualTo(closed);
        }

        @Test
        void is_an_event_of_a_drafts_letter_to_staff() {
            var event = SnsEnvelopes.of("Permanent", new SendKey(NOTICE, SendKey.PREVIEW_MAIL), "0f-3");
            assertThat(feedback.take(event)).isEqualTo(new SetAside(Code.TRIAL));
        }

        @ParameterizedTest
        @ValueSource(strings = {"incident", "notice", "recipient", "attempt"})
        void is_an_event_without_a_tag_of_ours(String tag) {
            nothing_is_applied(
                    SnsEnvelopes.of("Delivery", KEY, "one").replace(tag + "\\\":[", "other\\\":["), Code.NO_TAGS);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_event_is_one_call_of_the_ledger_whether_there_is_a_record_or_not(boolean recorded) {
        if (recorded) ledger.put(sending(KEY, "one"));
        var calls = new ArrayList<String>();
        var counted = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.invoke(ledger, arguments);
                });

        new Feedback(counted).take(SnsEnvelopes.of("Delivery", KEY, "one"));

        assertThat(calls).containsExactly("feedback");
    }

    @Test
    void no_personal_data_of_an_event_is_kept() {
        after("Permanent", "Complaint", "DeliveryDelay");
        assertThat(record().toString()).doesNotContain("post.example", "user unknown", "kanariefugl");
    }
}

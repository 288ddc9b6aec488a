package dk.underret.dispatch;

import static dk.underret.dispatch.DispatchFixture.MESSAGE;
import static dk.underret.dispatch.DispatchFixture.OTHER_RUN;
import static dk.underret.dispatch.DispatchFixture.REMAINING;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static dk.underret.dispatch.DispatchFixture.STALE;
import static dk.underret.dispatch.DispatchFixture.invalid;
import static dk.underret.dispatch.DispatchFixture.people;
import static dk.underret.dispatch.DispatchFixture.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.Dispatched.AlreadySettled;
import dk.underret.dispatch.Dispatched.HandedOver;
import dk.underret.dispatch.Dispatched.LeftOpen;
import dk.underret.dispatch.Dispatched.Settled;
import dk.underret.ledger.LetterVersion;
import dk.underret.ledger.Origin;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.SentLetter;
import dk.underret.ledger.Tally;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import dk.underret.run.Accounts.Account;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import dk.underret.run.RunStatus;
import dk.underret.run.StopReason;
import dk.underret.run.WorkMessage;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.SendRecords;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    private final DispatchFixture fixture = new DispatchFixture();

    @Nested
    class A_fresh_chunk {
        @Test
        void is_sent_to_everybody_once_and_settled() {
            fixture.with(people(20));

            assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 20L)), true));

            assertThat(fixture.sentTo()).hasSize(20).doesNotHaveDuplicates();
            assertThat(fixture.runs.run(RUN))
                    .get()
                    .extracting(run -> run.status())
                    .isEqualTo(RunStatus.SETTLED);
            assertThat(fixture.work.messages()).isEmpty();
        }

        @Test
        void leaves_a_record_with_everything_but_the_persons_data() {
            fixture.with(person(2));

            fixture.dispatch();

            var message = fixture.mailer.posted().getFirst();
            assertThat(message.attempt()).matches("[A-Za-z0-9_-]{22}");
            assertThat(fixture.record(2))
                    .isEqualTo(SendRecords.of(
                            DispatchFixture.key(2),
                            SendStatus.ACCEPTED,
                            1,
                            message.attempt(),
                            new Origin(RUN, 2),
                            Optional.of(new SentLetter(
                                    LetterVersion.of(DispatchFixture.LETTER),
                                    sha256("12:Til Person 2"
                                            + withLength(message.letter().text())
                                            + withLength(message.letter().html())))),
                            Optional.of("ses-" + message.attempt()),
                            Optional.empty(),
                            Map.of(
                                    SendStatus.SENDING,
                                    FakeTimeSource.START,
                                    SendStatus.ACCEPTED,
                                    FakeTimeSource.START)));
        }

        @Test
        void is_sent_to_the_address_with_its_domain_in_punycode_from_the_notices_sender() {
            fixture.with(person(2, "soren@ærø.example"));

            fixture.dispatch();

            var message = fixture.mailer.posted().getFirst();
            assertThat(message.to()).isEqualTo("soren@" + IDN.toASCII("ærø") + ".example");
            assertThat(message.from()).isEqualTo("Skolen <brev@skole.example>");
            assertThat(message.replyTo()).contains("svar@skole.example");
            assertThat(message.key()).isEqualTo(DispatchFixture.key(2));
        }

        @Test
        void counts_duplicates_and_skipped_rows_and_records_invalid_ones() {
            fixture.with(person(2), new ChunkRow.Duplicate(3, 2), new ChunkRow.Skipped(4, "DO_NOT_WRITE"), invalid(5));

            assertThat(fixture.dispatch())
                    .isEqualTo(new Settled(
                            new Tally(Map.of(
                                    RowOutcome.ACCEPTED,
                                    1L,
                                    RowOutcome.DUPLICATE,
                                    1L,
                                    RowOutcome.SKIPPED,
                                    1L,
                                    RowOutcome.INVALID,
                                    1L)),
                            true));
            assertThat(fixture.ledger.records()).hasSize(2);
            assertThat(fixture.record(5).newest().code()).contains("BAD_ADDRESS WIDTH");
            assertThat(fixture.record(5).status()).isEqualTo(SendStatus.INVALID);
        }

        @Test
        void is_deleted_with_its_run() {
            fixture.with(people(3));

            fixture.dispatch();

            assertThat(fixture.chunks.of(RUN)).isEmpty();
        }

        @Test
        void is_not_deleted_while_another_is_unsettled() {
            fixture.chunksOfRun = 2;
            fixture.with(people(3));

            assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 3L)), false));

            assertThat(fixture.chunks.of(RUN)).hasSize(1);
        }
    }

    @Nested
    class A_settled_chunk {
        @Test
        void is_acknowledged() {
            fixture.with(people(3));
            fixture.dispatch();

            assertThat(fixture.dispatch()).isEqualTo(new AlreadySettled());

            assertThat(fixture.mailer.posted()).hasSize(3);
        }

        @Test
        void has_its_runs_chunks_deleted_if_a_crash_prevented_that_before() {
            fixture.with(people(3));
            fixture.runs.settle(RUN, 0, new Tally(Map.of(RowOutcome.ACCEPTED, 3L)), fixture.time.now());

            fixture.dispatch();

            assertThat(fixture.chunks.of(RUN)).isEmpty();
        }
    }

    @Nested
    class A_row_with_a_record {
        @ParameterizedTest
        @EnumSource(
                value = SendStatus.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"SENDING", "WAITING"})
        void of_this_row_with_a_final_status_is_not_sent_and_is_counted_under_that_status(SendStatus status) {
            fixture.with(person(2));
            fixture.recorded(2, status, RUN, JUST_NOW);

            assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.of(status), 1L)), true));

            assertThat(fixture.mailer.posted()).isEmpty();
            assertThat(fixture.record(2).status()).isEqualTo(status);
        }

        @ParameterizedTest
        @EnumSource(SendStatus.class)
        void of_another_run_is_a_duplicate_in_every_status(SendStatus status) {
            fixture.with(person(2));
            fixture.recorded(2, status, OTHER_RUN, STALE.multipliedBy(2));
            var before = fixture.record(2);

            assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.DUPLICATE, 1L)), true));

            assertThat(fixture.mailer.posted()).isEmpty();
            assertThat(fixture.record(2)).isEqualTo(before);
        }

        @Test
        void waiting_is_claimed_again_under_the_next_attempt_and_a_new_token() {
            fixture.with(person(2));
            fixture.recorded(2, SendStatus.WAITING, RUN, JUST_NOW);

            fixture.dispatch();

            assertThat(fixture.sentTo()).containsExactly("person2@post.example");
            assertThat(fixture.record(2).newest().number()).isEqualTo(2);
            assertThat(fixture.record(2).token())
                    .isNotEqualTo("token-of-an-earlier-one")
                    .hasSize(22);
        }

        @Test
        void with_another_senders_claim_leaves_the_chunk_open_until_the_claim_is_stale() {
            fixture.with(person(2), person(3));
            fixture.recorded(2, SendStatus.SENDING, RUN, Duration.ofMinutes(5));

            assertThat(fixture.dispatch()).isEqualTo(new LeftOpen(StopReason.BUSY, Duration.ofMinutes(10)));

            assertThat(fixture.sentTo()).containsExactly("person3@post.example");
            assertThat(fixture.work.messages()).containsExactly(MESSAGE);
            assertThat(fixture.work.delays()).containsExactly(Duration.ofMinutes(10));
            assertThat(fixture.runs.chunk(RUN, 0).orElseThrow().settledAt()).isEmpty();
        }

        @Test
        void stale_is_unknown_and_not_sent() {
            fixture.with(person(2));
            fixture.recorded(2, SendStatus.SENDING, RUN, STALE);

            assertThat(fixture.dispatch()).isEqualTo(new Settled(new Tally(Map.of(RowOutcome.UNKNOWN, 1L)), true));

            assertThat(fixture.mailer.posted()).isEmpty();
        }

        @Test
        void processed_again_when_the_claim_is_stale_settles_as_unknown() {
            fixture.with(person(2));
            fixture.recorded(2, SendStatus.SENDING, RUN, JUST_NOW);

            assertThat(fixture.drain(MESSAGE))
                    .containsExactly(
                            new LeftOpen(StopReason.BUSY, STALE.minus(JUST_NOW)),
                            new Settled(new Tally(Map.of(RowOutcome.UNKNOWN, 1L)), true));
        }
    }

    @Nested
    class Out_of_time {
        @Test
        void a_chunk_is_handed_over_untouched_and_the_hop_counts_as_idle() {
            fixture.with(people(3));

            assertThat(fixture.dispatch(MESSAGE, Duration.ofSeconds(20))).isEqualTo(new HandedOver(0, 1));

            assertThat(fixture.mailer.posted()).isEmpty();
            assertThat(fixture.work.messages()).containsExactly(new WorkMessage(RUN, 0, 0, 1));
        }

        @Test
        void a_message_that_made_no_progress_five_times_fails_the_sixth() {
            fixture.with(people(3));
            var sixth = new WorkMessage(RUN, 0, 0, Dispatcher.IDLE_HOPS);

            assertThatThrownBy(() -> fixture.dispatch(sixth, Duration.ofSeconds(20)))
                    .isInstanceOf(WorkException.class)
                    .hasMessage("NO_PROGRESS: run " + RUN + " chunk 0");

            assertThat(fixture.work.messages()).isEmpty();
        }

        @Test
        void a_chunk_is_handed_over_40_times_and_each_letter_is_sent_once() {
            fixture.with(people(41));
            fixture.inFlight = 1;
            fixture.mailer.answer(message -> {
                fixture.time.pass(Duration.ofSeconds(10));
                return FakeMailer.accepted(message);
            });
            var message = MESSAGE;
            var hops = 0;
            while (fixture.dispatch(message, Duration.ofSeconds(31)) instanceof HandedOver over) {
                hops++;
                assertThat(over.idleHops()).isZero();
                message = fixture.work.messages().getLast();
            }

            assertThat(hops).isEqualTo(40);
            assertThat(fixture.sentTo()).hasSize(41).doesNotHaveDuplicates();
            assertThat(fixture.runs.run(RUN).orElseThrow().tally())
                    .isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 41L)));
        }

        @Test
        void rows_left_before_the_next_row_are_found_at_the_end() {
            fixture.with(people(3));
            fixture.recorded(2, SendStatus.WAITING, RUN, JUST_NOW);

            assertThat(fixture.drain(new WorkMessage(RUN, 0, 1, 0)))
                    .containsExactly(
                            new HandedOver(0, 0), new Settled(new Tally(Map.of(RowOutcome.ACCEPTED, 3L)), true));
        }
    }

    @Nested
    class A_message_that_cannot_be_processed {
        @Test
        void without_a_run_fails() {
            assertThatThrownBy(fixture::dispatch)
                    .hasMessage("RUN_GONE: run " + RUN)
                    .isInstanceOfSatisfying(
                            WorkException.class, e -> assertThat(e.code()).isEqualTo(WorkException.Code.RUN_GONE));
        }

        @Test
        void without_a_chunk_fails() {
            fixture.with(people(1));
            assertThatThrownBy(() -> fixture.dispatch(WorkMessage.first(RUN, 7), REMAINING))
                    .hasMessage("NO_SUCH_CHUNK: run " + RUN + " chunk 7");
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 2})
        void with_a_next_row_outside_the_chunk_fails(int row) {
            fixture.with(people(1));
            assertThatThrownBy(() -> fixture.dispatch(new WorkMessage(RUN, 0, row, 0), REMAINING))
                    .hasMessage("NO_SUCH_CHUNK: run " + RUN + " chunk 0 row index " + row);
        }

        @Test
        void whose_chunk_is_gone_fails() {
            fixture.with(people(1));
            fixture.chunks.delete(RUN);
            assertThatThrownBy(fixture::dispatch).hasMessage("CHUNK_GONE: run " + RUN + " chunk 0");
        }

        @Test
        void whose_chunk_was_altered_fails_and_sends_nothing() {
            fixture.with(people(1));
            fixture.chunks.put(new Chunk(RUN, 0, List.of(person(2, "somebody-else@post.example"))));
            assertThatThrownBy(fixture::dispatch).hasMessage("CHUNK_ALTERED: run " + RUN + " chunk 0");
            assertThat(fixture.mailer.posted()).isEmpty();
        }

        @Test
        void with_a_row_that_has_no_letter_fails_after_its_neighbours_were_sent() {
            var nameless = person(3, Map.of("email", "x@post.example", "name", ""), "da");
            fixture.with(person(2), nameless, person(4));

            assertThatThrownBy(fixture::dispatch).hasMessage("ROW_NOT_RENDERED: run " + RUN + " chunk 0 row 3");

            assertThat(fixture.sentTo()).containsExactly("person2@post.example", "person4@post.example");
            assertThat(fixture.ledger.records()).hasSize(2);
        }

        @Test
        void with_a_row_whose_letter_is_not_frozen_fails_in_every_language_but_the_frozen_ones() {
            var values = Map.of("email", "x@post.example", "name", "Anna", "locale", "da");
            fixture.with(person(2), person(3, values, "en"));

            assertThatThrownBy(fixture::dispatch).hasMessage("ROW_NOT_RENDERED: run " + RUN + " chunk 0 row 3");

            assertThat(fixture.sentTo()).containsExactly("person2@post.example");
        }

        @Test
        void uses_the_address_and_the_locale_of_its_rows_not_their_values() {
            var values = Map.of("email", "other@post.example", "name", "Anna", "locale", "en");
            fixture.with(new ChunkRow.Send(
                    DispatchFixture.recipient(2),
                    new Recipient(2, values),
                    new EmailAddress.Valid("anna@post.example"),
                    "da"));

            fixture.dispatch();

            assertThat(fixture.sentTo()).containsExactly("anna@post.example");
            assertThat(fixture.mailer.posted().getFirst().letter().locale()).isEqualTo("da");
        }
    }

    /** Sweep takes a chunk whose message nobody received for long as lost. */
    @Test
    void a_received_message_puts_off_the_time_at_which_it_counts_as_lost() {
        fixture.with(people(3));
        fixture.time.pass(Duration.ofHours(1));

        fixture.dispatch(MESSAGE, Duration.ofSeconds(20));

        assertThat(fixture.runs.chunk(RUN, 0).orElseThrow().queuedAt()).contains(fixture.time.now());
    }

    @Test
    void a_notices_letters_are_compiled_once_for_all_its_chunks() {
        fixture.with(people(3));
        var dispatcher = fixture.dispatcher();
        fixture.accounts.set(new Account(10, 100, 100, true, true));

        dispatcher.dispatch(MESSAGE, REMAINING);
        dispatcher.dispatch(MESSAGE, REMAINING);

        assertThat(fixture.compiled).isEqualTo(1);
    }

    private static String withLength(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

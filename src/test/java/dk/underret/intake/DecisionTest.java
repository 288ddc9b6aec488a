package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.NOW;
import static dk.underret.intake.IntakeFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.dispatch.DispatchLimits;
import dk.underret.dispatch.DispatchPorts;
import dk.underret.dispatch.Dispatcher;
import dk.underret.dispatch.Mailer.Message;
import dk.underret.dispatch.Outcome;
import dk.underret.dispatch.Outcome.Deferred.DeferralReason;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Closure;
import dk.underret.ledger.Decision;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Tally;
import dk.underret.ledger.Trigger;
import dk.underret.run.ChunkRow;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.WorkMessage;
import dk.underret.testing.FakeMailer;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.SendRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests manual decisions from the upload to the letter, with the real Intake and Dispatcher over the same ports in memory. */
class DecisionTest {
    private static final String LIST = "incidents/brud/list.csv";
    private static final String RESEND = "incidents/brud/main/resend/again.csv";
    private static final String CLOSE = "incidents/brud/main/close/closed.csv";
    private static final String POSTED = "incidents/brud/main/posted/posted.csv";
    private static final String ANNA = "email,name\nanna@a.example,Anna\n";

    private final IntakeFixture fixture = new IntakeFixture();
    private final FakeMailer mailer = new FakeMailer();
    private final FakeTimeSource time = new FakeTimeSource();
    private int dispatched;

    @BeforeEach
    void send_one_letter() throws IOException {
        sent(LIST, ANNA);
    }

    private Run sent(String key, String list) throws IOException {
        return ((IntakeResult.Sending) take(fixture.upload(key, list))).run();
    }

    private IntakeResult take(Upload upload) throws IOException {
        var result = fixture.intake().take(upload);
        dispatch();
        return result;
    }

    /** Dispatches all messages on the queue. */
    private void dispatch() {
        var ports = new DispatchPorts(
                fixture.incidents,
                fixture.letters,
                fixture.runs,
                fixture.chunks,
                fixture.ledger,
                fixture.work,
                mailer,
                fixture.accounts);
        var dispatcher = new Dispatcher(ports, new DispatchLimits(1, Duration.ofMinutes(15)), time);
        while (dispatched < fixture.work.messages().size())
            dispatcher.dispatch(fixture.work.messages().get(dispatched++), Duration.ofMinutes(15));
    }

    private SendRecord onlyRecord() {
        assertThat(fixture.ledger.records()).hasSize(1);
        return fixture.ledger.records().values().iterator().next();
    }

    private void putRecord(SendStatus status) {
        var r = onlyRecord();
        fixture.ledger.put(SendRecords.of(
                r.key(),
                status,
                r.newest().number(),
                r.token(),
                r.origin(),
                r.newest().letter(),
                r.newest().messageId(),
                Optional.empty(),
                Map.of(status, Instant.parse("2026-03-02T08:00:00Z"))));
    }

    private Tally tally(Run run) {
        var now = fixture.runs.run(run.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(RunStatus.SETTLED);
        assertThat(now.tally().rows()).isEqualTo(now.rows());
        return now.tally();
    }

    private void recordDelivery() {
        var r = onlyRecord();
        var event = new FeedbackEvent(
                Trigger.DELIVERY, time.now(), r.newest().messageId().orElse("id"), Optional.empty());
        fixture.ledger.feedback(r.key(), r.token(), event);
    }

    @Nested
    class A_resend {
        @ParameterizedTest
        @EnumSource(
                value = SendStatus.class,
                names = {"HELD", "FAILED", "BOUNCED"})
        void sends_a_new_attempt_of_a_letter_that_reached_nobody(SendStatus status) throws IOException {
            putRecord(status);
            var before = onlyRecord();
            var run = sent(RESEND, ANNA);
            assertThat(mailer.posted()).hasSize(2);
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.ACCEPTED);
            assertThat(onlyRecord().newest().number()).isEqualTo(2);
            assertThat(onlyRecord().token()).isNotEqualTo(before.token());
            assertThat(onlyRecord().origin().run()).isEqualTo(before.origin().run());
            assertThat(onlyRecord().earlier()).containsExactly(before.newest().superseded());
            assertThat(onlyRecord().newest().resend())
                    .contains(new Decision(run.id(), "AIDAEXAMPLE", "", Optional.empty()));
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @ParameterizedTest
        @EnumSource(
                value = SendStatus.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"HELD", "FAILED", "BOUNCED"})
        void refuses_every_other_status_with_a_finding(SendStatus status) throws IOException {
            putRecord(status);
            var before = onlyRecord();
            var run = sent(RESEND, ANNA);
            assertThat(mailer.posted()).hasSize(1);
            assertThat(onlyRecord()).isEqualTo(before);
            assertThat(run.findings()).isEqualTo(Map.of(FindingCode.NOT_RESENT, 1L));
            assertThat(problems(run))
                    .isEqualTo(problem(
                            "NOT_RESENT",
                            "Brevet har status \"" + word(status)
                                    + "\". Kun breve, der afventer jeres beslutning, hvis modtager Amazon afviste, eller som kom"
                                    + " retur, kan sendes igen. Denne række blev ikke sendt."));
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void reopens_the_run_of_its_rows() throws IOException {
            putRecord(SendStatus.BOUNCED);
            fixture.runs.close(onlyRecord().origin().run());
            var run = sent(RESEND, ANNA);
            assertThat(fixture.runs.open())
                    .containsExactlyInAnyOrder(onlyRecord().origin().run(), run.id());
        }

        @Test
        void sends_nothing_to_a_person_without_a_record() throws IOException {
            var run = sent(RESEND, "email,name\nnina@b.example,Nina\n");
            assertThat(mailer.posted()).hasSize(1);
            assertThat(problems(run))
                    .isEqualTo(problem(
                            "NOT_RESENT",
                            "Der er intet brev i denne underretning til denne række, så der er intet at sende igen."
                                    + " Kontrollér, at adresse, navn og de andre kolonner er som på den første liste. En ny person"
                                    + " hører til på en liste i underretningens egen mappe."));
        }

        @Test
        void sends_once_when_events_and_messages_are_delivered_again() throws IOException {
            putRecord(SendStatus.BOUNCED);
            var upload = fixture.upload(RESEND, ANNA);
            var run = ((IntakeResult.Sending) take(upload)).run();
            putRecord(SendStatus.BOUNCED);
            assertThat(take(upload)).isInstanceOf(IntakeResult.AlreadyProcessed.class);
            fixture.work.enqueue(List.of(WorkMessage.first(run.id(), 0)), Duration.ZERO);
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
        }

        /** The new attempt bounces before the chunk is settled, so the record differs from the one that was read. */
        @Test
        void sends_no_third_letter_when_its_chunk_comes_again_after_a_second_bounce() throws IOException {
            putRecord(SendStatus.BOUNCED);
            var result = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, ANNA));
            var message = WorkMessage.first(result.run().id(), 0);
            mailer.answer(posted -> {
                recordBounce(posted);
                throw new IllegalStateException("killed");
            });
            try {
                dispatch();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("killed");
            }
            mailer.answer(FakeMailer::accepted);
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.BOUNCED);
            fixture.work.enqueue(List.of(message), Duration.ZERO);
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
            assertThat(tally(result.run())).isEqualTo(new Tally(Map.of(RowOutcome.BOUNCED, 1L)));
        }

        private void recordBounce(Message posted) {
            var event = new FeedbackEvent(Trigger.BOUNCE, time.now(), "id-2", Optional.of("Permanent.General"));
            fixture.ledger.feedback(posted.key(), posted.attempt(), event);
        }

        @Test
        void sends_nothing_to_a_person_who_is_reached_after_the_planning() throws IOException {
            putRecord(SendStatus.HELD);
            var result = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, ANNA));
            recordDelivery();
            dispatch();
            assertThat(mailer.posted()).hasSize(1);
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.DELIVERED);
            assertThat(tally(result.run())).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void sends_one_letter_when_two_resends_are_concurrent() throws IOException {
            putRecord(SendStatus.HELD);
            var one = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, ANNA));
            var other = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, ANNA));
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
            assertThat(tally(one.run())).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
            assertThat(tally(other.run())).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void retries_a_throttled_letter() throws IOException {
            putRecord(SendStatus.HELD);
            var answers = new java.util.concurrent.atomic.AtomicInteger();
            mailer.answer(message -> answers.incrementAndGet() == 1
                    ? new Outcome.Deferred(DeferralReason.RATE, "TooManyRequestsException")
                    : FakeMailer.accepted(message));
            var run = sent(RESEND, ANNA);
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.ACCEPTED);
            assertThat(onlyRecord().newest().number()).isEqualTo(3);
            assertThat(onlyRecord().earlier()).hasSize(1);
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @Test
        void has_a_forecast_of_its_letters() throws IOException {
            putRecord(SendStatus.HELD);
            var result = (IntakeResult.Sending) take(fixture.upload(RESEND, ANNA));
            assertThat(result.forecast()).isEqualTo(new Forecast(1, NOW, Optional.of(NOW.plusMillis(72))));
        }

        @Test
        void has_a_forecast_by_the_notices_limits() throws IOException {
            putRecord(SendStatus.HELD);
            fixture.incidents.with(
                    "brud",
                    IntakeFixture.parse(IntakeFixture.json("approved")
                            .replaceFirst("\\{", "{\"max_per_hour\": 60, \"send_after\": \"2026-03-02T10:00Z\",")));
            var result = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, ANNA));
            var start = Instant.parse("2026-03-02T10:00:00Z");
            assertThat(result.forecast()).isEqualTo(new Forecast(1, start, Optional.of(start.plusSeconds(60))));
        }

        @Test
        void is_refused_under_other_facts() throws IOException {
            putRecord(SendStatus.HELD);
            fixture.incidents.with(
                    "brud", IntakeFixture.parse(IntakeFixture.json("approved").replace("elevregister", "arkiv")));
            var result = (IntakeResult.Refused) take(fixture.upload(RESEND, ANNA));
            assertThat(result.run().findings()).containsKey(FindingCode.FROZEN);
            assertThat(mailer.posted()).hasSize(1);
        }

        @Test
        void is_only_checked_while_the_notice_is_a_draft() throws IOException {
            putRecord(SendStatus.HELD);
            fixture.incidents.with("brud", facts("draft"));
            assertThat(take(fixture.upload(RESEND, ANNA))).isInstanceOf(IntakeResult.Draft.class);
            assertThat(mailer.posted()).hasSize(1);
        }
    }

    @Nested
    class A_row_that_could_not_be_sent {
        private static final String WITHOUT_ADDRESS = "email,name\nnobody,Nina\nole@c.example,Ole\n";

        @Test
        void is_sent_when_it_is_corrected_in_a_new_list() throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.INVALID, 1L, RowOutcome.ACCEPTED, 1L)));

            var corrected = sent(LIST, "email,name\nnina@b.example,Nina\nole@c.example,Ole\n");

            assertThat(mailer.posted())
                    .extracting(Message::to)
                    .containsExactlyInAnyOrder("anna@a.example", "ole@c.example", "nina@b.example");
            assertThat(tally(corrected))
                    .isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L, RowOutcome.DUPLICATE, 1L)));
        }

        private SendRecord invalid() {
            return fixture.ledger.records().values().stream()
                    .filter(record -> record.newest().number() == 0)
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void is_posted_by_run_and_row() throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);

            var posted = sent(POSTED, "email,name,run,row\n,Nina," + run.id() + ",2\n");

            assertThat(invalid().status()).isEqualTo(SendStatus.POSTED);
            assertThat(invalid().origin().run()).isEqualTo(run.id());
            assertThat(invalid().closed().map(Closure::decision))
                    .contains(new Decision(posted.id(), "AIDAEXAMPLE", "", Optional.empty()));
            assertThat(tally(posted)).isEqualTo(new Tally(Map.of(RowOutcome.POSTED, 1L)));
            assertThat(mailer.posted()).hasSize(2);
        }

        @Test
        void is_closed_by_run_and_row_with_any_address() throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);

            var closed = sent(CLOSE, "email,name,run,row,reason\nnina@b.example,Nina," + run.id() + ",2,by phone\n");

            assertThat(invalid().status()).isEqualTo(SendStatus.CLOSED);
            assertThat(tally(closed)).isEqualTo(new Tally(Map.of(RowOutcome.CLOSED, 1L)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ",Nina,,2,by phone",
                    ",Nina,RUN,,by phone",
                    ",Nina,RUN,two,by phone",
                    ",Nina,RUN,3,by phone",
                    ",Nina,no-such-run,2,by phone",
                    ",Nina,RUN,2,",
                    ",Nina,RUN,2,nina@b.example"
                })
        void is_unchanged_without_run_row_and_reason(String row) throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);

            var closed = sent(CLOSE, "email,name,run,row,reason\n" + row.replace("RUN", run.id()) + "\n");

            assertThat(invalid().status()).isEqualTo(SendStatus.INVALID);
            assertThat(tally(closed)).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void is_unchanged_when_its_run_belongs_to_another_notice() throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);
            fixture.incidents.with(new NoticeId("brud", "other"), Map.of());
            sent("incidents/brud/other/list.csv", ANNA);

            sent("incidents/brud/other/posted/rows.csv", "email,name,run,row\n,Nina," + run.id() + ",2\n");

            assertThat(invalid().status()).isEqualTo(SendStatus.INVALID);
        }
    }

    @Nested
    class A_corrected_address {
        private static final String CORRECTED =
                "email,name,previous_email,reason\nanna@b.example,Anna,anna@a.example,moved\n";

        @Test
        void gets_the_letter_and_the_former_record_is_closed() throws IOException {
            putRecord(SendStatus.BOUNCED);
            var former = onlyRecord();
            var run = sent(RESEND, CORRECTED);
            assertThat(mailer.posted()).extracting(Message::to).containsExactly("anna@a.example", "anna@b.example");
            var closed = fixture.ledger.records().get(former.key());
            var record = fixture.ledger.records().values().stream()
                    .filter(other -> !other.key().equals(former.key()))
                    .findFirst()
                    .orElseThrow();
            assertThat(closed.status()).isEqualTo(SendStatus.CLOSED);
            assertThat(closed.closed().orElseThrow().decision())
                    .isEqualTo(new Decision(
                            run.id(),
                            "AIDAEXAMPLE",
                            "",
                            Optional.of(record.key().recipient())));
            assertThat(record.status()).isEqualTo(SendStatus.ACCEPTED);
            assertThat(record.origin().run()).isEqualTo(run.id());
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @Test
        void gets_the_letter_once_when_the_sender_crashes_between_closing_and_sending() throws IOException {
            putRecord(SendStatus.BOUNCED);
            var result = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, CORRECTED));
            var row = (ChunkRow.Resend)
                    fixture.chunks.of(result.run().id()).getFirst().rows().getFirst();
            fixture.ledger.end(onlyRecord(), Trigger.CLOSE, row.decision(), time.now());
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
            assertThat(tally(result.run())).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @Test
        void gets_nothing_when_the_letter_to_the_former_address_was_delivered() throws IOException {
            putRecord(SendStatus.HELD);
            var result = (IntakeResult.Sending) fixture.intake().take(fixture.upload(RESEND, CORRECTED));
            recordDelivery();
            dispatch();
            assertThat(mailer.posted()).hasSize(1);
            assertThat(tally(result.run())).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void gets_nothing_when_it_has_a_letter_already() throws IOException {
            putRecord(SendStatus.BOUNCED);
            sent("incidents/brud/second.csv", "email,name\nanna@b.example,Anna\n");
            var run = sent(RESEND, CORRECTED);
            assertThat(mailer.posted()).hasSize(2);
            assertThat(problems(run))
                    .isEqualTo(problem(
                            "NOT_RESENT",
                            "Der er allerede planlagt eller sendt et brev i denne underretning til den rettede adresse, så denne"
                                    + " række blev ikke sendt. Brevet til den tidligere adresse er uændret."));
        }
    }

    @Nested
    class A_close {
        private static final String WITH_REASON = "email,name,reason\nanna@a.example,Anna,deceased\n";

        @ParameterizedTest
        @EnumSource(SendStatus.class)
        void closes_only_records_that_reached_nobody(SendStatus status) throws IOException {
            var may = EnumSet.of(
                    SendStatus.HELD,
                    SendStatus.FAILED,
                    SendStatus.BOUNCED,
                    SendStatus.SUPPRESSED,
                    SendStatus.REJECTED,
                    SendStatus.COMPLAINED,
                    SendStatus.INVALID);
            putRecord(status);
            var run = sent(CLOSE, WITH_REASON);
            assertThat(mailer.posted()).hasSize(1);
            if (may.contains(status)) {
                assertThat(onlyRecord().status()).isEqualTo(SendStatus.CLOSED);
                assertThat(onlyRecord().closed().map(Closure::decision))
                        .contains(new Decision(run.id(), "AIDAEXAMPLE", "deceased", Optional.empty()));
                assertThat(onlyRecord().closed().map(Closure::status)).contains(SendStatus.CLOSED);
                assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.CLOSED, 1L)));
            } else {
                assertThat(onlyRecord().status()).isEqualTo(status);
                assertThat(run.findings()).isEqualTo(Map.of(FindingCode.NOT_ENDED, 1L));
                assertThat(problems(run))
                        .isEqualTo(
                                problem(
                                        "NOT_ENDED",
                                        "Brevet har status \"" + word(status)
                                                + "\" og kan hverken lukkes eller registreres som sendt med posten. Intet er ændret."));
                assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
            }
        }

        @Test
        void is_refused_without_a_reason_column() throws IOException {
            putRecord(SendStatus.HELD);
            var result = (IntakeResult.Refused) take(fixture.upload(CLOSE, ANNA));
            assertThat(result.run().findings()).isEqualTo(Map.of(FindingCode.MISSING_COLUMN, 1L));
        }

        @Test
        void does_not_change_a_row_without_a_reason() throws IOException {
            putRecord(SendStatus.HELD);
            var run = sent(CLOSE, "email,name,reason\nanna@a.example,Anna,\n");
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.HELD);
            assertThat(run.findings()).isEqualTo(Map.of(FindingCode.MISSING_VALUE, 1L));
        }

        @Test
        void does_not_change_a_row_whose_reason_contains_an_address() throws IOException {
            putRecord(SendStatus.HELD);
            var run = sent(CLOSE, "email,name,reason\nanna@a.example,Anna,ask bo@a.example\n");
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.HELD);
            assertThat(run.findings()).isEqualTo(Map.of(FindingCode.BAD_REASON, 1L));
            assertThat(problems(run))
                    .isEqualTo(problem(
                            "BAD_REASON",
                            "Begrundelsen i denne række er længere end 100 tegn eller indeholder en e-mailadresse. Intet er"
                                    + " ændret. Begrundelsen gemmes som bevis i årevis. Skriv en kort begrundelse, der ikke"
                                    + " nævner nogen."));
        }

        @ParameterizedTest
        @CsvSource({"100,CLOSED", "101,HELD"})
        void takes_a_reason_of_at_most_100_characters(int length, SendStatus status) throws IOException {
            putRecord(SendStatus.HELD);
            sent(CLOSE, "email,name,reason\nanna@a.example,Anna," + "x".repeat(length) + "\n");
            assertThat(onlyRecord().status()).isEqualTo(status);
        }

        @Test
        void is_refused_with_two_reasons_for_one_person() throws IOException {
            putRecord(SendStatus.HELD);
            var result =
                    (IntakeResult.Refused) take(fixture.upload(CLOSE, WITH_REASON + "anna@a.example,Anna,moved\n"));
            assertThat(result.run().findings()).isEqualTo(Map.of(FindingCode.DIFFERENT_ROWS, 1L));
            assertThat(onlyRecord().status()).isEqualTo(SendStatus.HELD);
        }

        @Test
        void is_refused_with_another_identity_scheme() throws IOException {
            putRecord(SendStatus.HELD);
            var result = (IntakeResult.Refused) take(fixture.upload(CLOSE, "email,reason\nanna@a.example,gone\n"));
            assertThat(result.run().findings()).containsEntry(FindingCode.IDENTITY_CHANGED, 1L);
        }
    }

    @Test
    void posted_needs_no_reason_and_sends_nothing() throws IOException {
        putRecord(SendStatus.BOUNCED);
        var run = sent(POSTED, ANNA);
        assertThat(mailer.posted()).hasSize(1);
        assertThat(onlyRecord().status()).isEqualTo(SendStatus.POSTED);
        assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.POSTED, 1L)));
    }

    /** The Sweep's unreached list names each row by run and number, for recipients with an address and for invalid rows. */
    @Test
    void an_unreached_list_can_be_uploaded_as_a_decision_unchanged() throws IOException {
        var run = sent(LIST, "email,name\nnobody,Nina\nole@c.example,Ole\n");
        var letter = mailer.posted().getLast();
        var event = new FeedbackEvent(Trigger.SUPPRESSION, time.now(), "ses-" + letter.attempt(), Optional.empty());
        assertThat(fixture.ledger.feedback(letter.key(), letter.attempt(), event))
                .isInstanceOf(FeedbackResult.Applied.class);

        var decided = sent(
                POSTED,
                ("\ufeffrun;row;status;code;since;email;name\n"
                                + "ID;2;kan ikke sendes: fejl i rækken;BAD_ADDRESS;;nobody;Nina\n"
                                + "ID;3;ikke sendt: spærret adresse;;;ole@c.example;Ole\n")
                        .replace("ID", run.id()));

        assertThat(tally(decided)).isEqualTo(new Tally(Map.of(RowOutcome.POSTED, 2L)));
    }

    @Test
    void a_list_of_those_who_were_not_reached_is_sent_again_as_it_is() throws IOException {
        putRecord(SendStatus.BOUNCED);

        var run = sent(
                RESEND,
                "\ufeffrun;row;status;code;since;email;name\n"
                        + onlyRecord().origin().run()
                        + ";2;kom retur;Permanent.General;2026-03-02T08:00:00Z;anna@a.example;Anna\n");

        assertThat(mailer.posted()).hasSize(2);
        assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
    }

    @Test
    void a_list_of_those_who_were_not_reached_is_closed_with_a_column_of_reasons() throws IOException {
        putRecord(SendStatus.HELD);

        var run = sent(
                CLOSE,
                "\ufeffrun;row;status;code;since;email;name;reason\n"
                        + onlyRecord().origin().run()
                        + ";2;afventer jeres beslutning;;2026-03-02T08:00:00Z;anna@a.example;Anna;ringet op\n");

        assertThat(onlyRecord().status()).isEqualTo(SendStatus.CLOSED);
        assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.CLOSED, 1L)));
    }

    /** Returns the expected {@code problems.csv} of a list whose first row has a problem. */
    private static String problem(String code, String message) {
        var quoted = message.contains(",") || message.contains("\"");
        var field = quoted ? "\"" + message.replace("\"", "\"\"") + "\"" : message;
        return "code,row,column,message\n" + code + ",2,," + field + "\n";
    }

    private static String word(SendStatus status) {
        return Language.DANISH.status(status.name());
    }

    private String problems(Run run) {
        return fixture.evidence.files().get("brud/" + run.id() + "/problems.csv");
    }
}

package dk.underret.intake;

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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's decisions, from the upload to the letter: the real Intake and Dispatcher over one set of peers in memory. */
class DecisionTest {
    private static final String LIST = "incidents/brud/list.csv";
    private static final String RESEND = "incidents/brud/main/resend/again.csv";
    private static final String CLOSE = "incidents/brud/main/close/closed.csv";
    private static final String POSTED = "incidents/brud/main/posted/posted.csv";
    private static final String ANNA = "email,name\nanna@a.example,Anna\n";

    private final IntakeFixture world = new IntakeFixture();
    private final FakeMailer mailer = new FakeMailer();
    private final FakeTimeSource time = new FakeTimeSource();
    private int taken;

    @BeforeEach
    void one_person_was_written_to() throws IOException {
        sent(LIST, ANNA);
    }

    private Run sent(String key, String list) throws IOException {
        return ((IntakeResult.Sending) take(world.upload(key, list))).run();
    }

    private IntakeResult take(Upload arrival) throws IOException {
        var answer = world.intake().take(arrival);
        dispatch();
        return answer;
    }

    /** Works the queue off. */
    private void dispatch() {
        var ports = new DispatchPorts(
                world.incidents,
                world.letters,
                world.runs,
                world.chunks,
                world.ledger,
                world.work,
                mailer,
                world.accounts);
        var dispatcher = new Dispatcher(ports, new DispatchLimits(1, Duration.ofMinutes(15)), time);
        while (taken < world.work.messages().size())
            dispatcher.dispatch(world.work.messages().get(taken++), Duration.ofMinutes(15));
    }

    private SendRecord only() {
        assertThat(world.ledger.records()).hasSize(1);
        return world.ledger.records().values().iterator().next();
    }

    private void stands(SendStatus status) {
        var r = only();
        world.ledger.put(SendRecords.of(
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
        var now = world.runs.run(run.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(RunStatus.SETTLED);
        assertThat(now.tally().rows()).isEqualTo(now.rows());
        return now.tally();
    }

    private void delivered() {
        var r = only();
        var event = new FeedbackEvent(
                Trigger.DELIVERY, time.now(), r.newest().messageId().orElse("id"), Optional.empty());
        world.ledger.feedback(r.key(), r.token(), event);
    }

    @Nested
    class A_resend {
        @ParameterizedTest
        @EnumSource(
                value = SendStatus.class,
                names = {"HELD", "FAILED", "BOUNCED"})
        void sends_what_reached_nobody_under_a_new_attempt(SendStatus status) throws IOException {
            stands(status);
            var before = only();
            var run = sent(RESEND, ANNA);
            assertThat(mailer.posted()).hasSize(2);
            assertThat(only().status()).isEqualTo(SendStatus.ACCEPTED);
            assertThat(only().newest().number()).isEqualTo(2);
            assertThat(only().token()).isNotEqualTo(before.token());
            assertThat(only().origin().run()).isEqualTo(before.origin().run());
            assertThat(only().earlier()).containsExactly(before.newest().superseded());
            assertThat(only().newest().resend()).contains(new Decision(run.id(), "AIDAEXAMPLE", "", Optional.empty()));
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @ParameterizedTest
        @EnumSource(
                value = SendStatus.class,
                mode = EnumSource.Mode.EXCLUDE,
                names = {"HELD", "FAILED", "BOUNCED"})
        void sends_nothing_else_and_says_why(SendStatus status) throws IOException {
            stands(status);
            var before = only();
            var run = sent(RESEND, ANNA);
            assertThat(mailer.posted()).hasSize(1);
            assertThat(only()).isEqualTo(before);
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
        void opens_the_run_whose_rows_it_moves() throws IOException {
            stands(SendStatus.BOUNCED);
            world.runs.close(only().origin().run());
            var run = sent(RESEND, ANNA);
            assertThat(world.runs.open())
                    .containsExactlyInAnyOrder(only().origin().run(), run.id());
        }

        @Test
        void sends_nothing_to_a_person_whom_no_letter_was_meant_for() throws IOException {
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
        void sends_once_whatever_is_delivered_again() throws IOException {
            stands(SendStatus.BOUNCED);
            var arrival = world.upload(RESEND, ANNA);
            var run = ((IntakeResult.Sending) take(arrival)).run();
            stands(SendStatus.BOUNCED);
            assertThat(take(arrival)).isInstanceOf(IntakeResult.AlreadyProcessed.class);
            world.work.enqueue(List.of(WorkMessage.first(run.id(), 0)), Duration.ZERO);
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
        }

        /** Bounced again before the chunk was settled: it is the new attempt that bounced, not the one that was seen. */
        @Test
        void sends_no_third_letter_when_its_chunk_comes_again_after_a_second_bounce() throws IOException {
            stands(SendStatus.BOUNCED);
            var answer = (IntakeResult.Sending) world.intake().take(world.upload(RESEND, ANNA));
            var message = WorkMessage.first(answer.run().id(), 0);
            mailer.answer(posted -> {
                bounced(posted);
                throw new IllegalStateException("killed");
            });
            try {
                dispatch();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("killed");
            }
            mailer.answer(FakeMailer::accepted);
            assertThat(only().status()).isEqualTo(SendStatus.BOUNCED);
            world.work.enqueue(List.of(message), Duration.ZERO);
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
            assertThat(tally(answer.run())).isEqualTo(new Tally(Map.of(RowOutcome.BOUNCED, 1L)));
        }

        private void bounced(Message posted) {
            var event = new FeedbackEvent(Trigger.BOUNCE, time.now(), "id-2", Optional.of("Permanent.General"));
            world.ledger.feedback(posted.key(), posted.attempt(), event);
        }

        @Test
        void sends_nothing_to_a_person_who_was_reached_after_it_was_planned() throws IOException {
            stands(SendStatus.HELD);
            var answer = (IntakeResult.Sending) world.intake().take(world.upload(RESEND, ANNA));
            delivered();
            dispatch();
            assertThat(mailer.posted()).hasSize(1);
            assertThat(only().status()).isEqualTo(SendStatus.DELIVERED);
            assertThat(tally(answer.run())).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void of_two_at_once_sends_one_letter() throws IOException {
            stands(SendStatus.HELD);
            var one = (IntakeResult.Sending) world.intake().take(world.upload(RESEND, ANNA));
            var other = (IntakeResult.Sending) world.intake().take(world.upload(RESEND, ANNA));
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
            assertThat(tally(one.run())).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
            assertThat(tally(other.run())).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void tries_again_what_was_throttled() throws IOException {
            stands(SendStatus.HELD);
            var answers = new java.util.concurrent.atomic.AtomicInteger();
            mailer.answer(message -> answers.incrementAndGet() == 1
                    ? new Outcome.Deferred(DeferralReason.RATE, "TooManyRequestsException")
                    : FakeMailer.accepted(message));
            var run = sent(RESEND, ANNA);
            assertThat(only().status()).isEqualTo(SendStatus.ACCEPTED);
            assertThat(only().newest().number()).isEqualTo(3);
            assertThat(only().earlier()).hasSize(1);
            assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @Test
        void is_refused_under_other_facts() throws IOException {
            stands(SendStatus.HELD);
            world.incidents.with(
                    "brud", IntakeFixture.parse(IntakeFixture.json("approved").replace("elevregister", "arkiv")));
            var answer = (IntakeResult.Refused) take(world.upload(RESEND, ANNA));
            assertThat(answer.run().findings()).containsKey(FindingCode.FROZEN);
            assertThat(mailer.posted()).hasSize(1);
        }

        @Test
        void is_only_checked_while_the_notice_is_a_draft() throws IOException {
            stands(SendStatus.HELD);
            world.incidents.with("brud", facts("draft"));
            assertThat(take(world.upload(RESEND, ANNA))).isInstanceOf(IntakeResult.Draft.class);
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
            return world.ledger.records().values().stream()
                    .filter(record -> record.newest().number() == 0)
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void is_told_by_post_by_its_run_and_row() throws IOException {
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
        void is_closed_by_its_run_and_row_under_any_address() throws IOException {
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
        void stands_where_it_is_not_named_or_no_reason_given(String row) throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);

            var closed = sent(CLOSE, "email,name,run,row,reason\n" + row.replace("RUN", run.id()) + "\n");

            assertThat(invalid().status()).isEqualTo(SendStatus.INVALID);
            assertThat(tally(closed)).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void stands_where_its_run_is_another_notices() throws IOException {
            var run = sent(LIST, WITHOUT_ADDRESS);
            world.incidents.with(new NoticeId("brud", "other"), Map.of());
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
        void gets_the_letter_and_the_former_one_is_closed() throws IOException {
            stands(SendStatus.BOUNCED);
            var former = only();
            var run = sent(RESEND, CORRECTED);
            assertThat(mailer.posted()).extracting(Message::to).containsExactly("anna@a.example", "anna@b.example");
            var closed = world.ledger.records().get(former.key());
            var record = world.ledger.records().values().stream()
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
        void gets_it_once_when_the_sender_died_between_closing_and_sending() throws IOException {
            stands(SendStatus.BOUNCED);
            var answer = (IntakeResult.Sending) world.intake().take(world.upload(RESEND, CORRECTED));
            var row = (ChunkRow.Resend)
                    world.chunks.of(answer.run().id()).getFirst().rows().getFirst();
            world.ledger.end(only(), Trigger.CLOSE, row.decision(), time.now());
            dispatch();
            assertThat(mailer.posted()).hasSize(2);
            assertThat(tally(answer.run())).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
        }

        @Test
        void gets_nothing_when_the_former_one_took_the_letter_after_all() throws IOException {
            stands(SendStatus.HELD);
            var answer = (IntakeResult.Sending) world.intake().take(world.upload(RESEND, CORRECTED));
            delivered();
            dispatch();
            assertThat(mailer.posted()).hasSize(1);
            assertThat(tally(answer.run())).isEqualTo(new Tally(Map.of(RowOutcome.SKIPPED, 1L)));
        }

        @Test
        void gets_nothing_when_a_letter_went_there_already() throws IOException {
            stands(SendStatus.BOUNCED);
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
        void ends_what_reached_nobody_and_nothing_else(SendStatus status) throws IOException {
            var may = EnumSet.of(
                    SendStatus.HELD,
                    SendStatus.FAILED,
                    SendStatus.BOUNCED,
                    SendStatus.SUPPRESSED,
                    SendStatus.REJECTED,
                    SendStatus.COMPLAINED,
                    SendStatus.INVALID);
            stands(status);
            var run = sent(CLOSE, WITH_REASON);
            assertThat(mailer.posted()).hasSize(1);
            if (may.contains(status)) {
                assertThat(only().status()).isEqualTo(SendStatus.CLOSED);
                assertThat(only().closed().map(Closure::decision))
                        .contains(new Decision(run.id(), "AIDAEXAMPLE", "deceased", Optional.empty()));
                assertThat(only().closed().map(Closure::status)).contains(SendStatus.CLOSED);
                assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.CLOSED, 1L)));
            } else {
                assertThat(only().status()).isEqualTo(status);
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
        void is_refused_without_a_column_of_reasons() throws IOException {
            stands(SendStatus.HELD);
            var answer = (IntakeResult.Refused) take(world.upload(CLOSE, ANNA));
            assertThat(answer.run().findings()).isEqualTo(Map.of(FindingCode.MISSING_COLUMN, 1L));
        }

        @Test
        void leaves_a_row_without_a_reason_as_it_was() throws IOException {
            stands(SendStatus.HELD);
            var run = sent(CLOSE, "email,name,reason\nanna@a.example,Anna,\n");
            assertThat(only().status()).isEqualTo(SendStatus.HELD);
            assertThat(run.findings()).isEqualTo(Map.of(FindingCode.MISSING_VALUE, 1L));
        }

        @Test
        void leaves_a_row_whose_reason_names_an_address_as_it_was() throws IOException {
            stands(SendStatus.HELD);
            var run = sent(CLOSE, "email,name,reason\nanna@a.example,Anna,ask bo@a.example\n");
            assertThat(only().status()).isEqualTo(SendStatus.HELD);
            assertThat(run.findings()).isEqualTo(Map.of(FindingCode.BAD_REASON, 1L));
            assertThat(problems(run))
                    .isEqualTo(problem(
                            "BAD_REASON",
                            "Begrundelsen i denne række er længere end 100 tegn eller indeholder en e-mailadresse. Intet er"
                                    + " ændret. Begrundelsen gemmes som bevis i årevis. Skriv en kort begrundelse, der ikke"
                                    + " nævner nogen."));
        }

        @Test
        void is_refused_by_another_scheme_of_identity() throws IOException {
            stands(SendStatus.HELD);
            var answer = (IntakeResult.Refused) take(world.upload(CLOSE, "email,reason\nanna@a.example,gone\n"));
            assertThat(answer.run().findings()).containsEntry(FindingCode.IDENTITY_CHANGED, 1L);
        }
    }

    @Test
    void posted_needs_no_reason_and_sends_nothing() throws IOException {
        stands(SendStatus.BOUNCED);
        var run = sent(POSTED, ANNA);
        assertThat(mailer.posted()).hasSize(1);
        assertThat(only().status()).isEqualTo(SendStatus.POSTED);
        assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.POSTED, 1L)));
    }

    /** The Sweep's list of those who were not reached names each row by run and number, whether it has a record of its own or a person's. */
    @Test
    void a_list_of_those_who_were_not_reached_comes_back_as_it_is() throws IOException {
        var run = sent(LIST, "email,name\nnobody,Nina\nole@c.example,Ole\n");
        var letter = mailer.posted().getLast();
        var event = new FeedbackEvent(Trigger.SUPPRESSION, time.now(), "ses-" + letter.attempt(), Optional.empty());
        assertThat(world.ledger.feedback(letter.key(), letter.attempt(), event))
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
        stands(SendStatus.BOUNCED);

        var run = sent(
                RESEND,
                "\ufeffrun;row;status;code;since;email;name\n" + only().origin().run()
                        + ";2;kom retur;Permanent.General;2026-03-02T08:00:00Z;anna@a.example;Anna\n");

        assertThat(mailer.posted()).hasSize(2);
        assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.ACCEPTED, 1L)));
    }

    @Test
    void a_list_of_those_who_were_not_reached_is_closed_with_a_column_of_reasons() throws IOException {
        stands(SendStatus.HELD);

        var run = sent(
                CLOSE,
                "\ufeffrun;row;status;code;since;email;name;reason\n"
                        + only().origin().run()
                        + ";2;afventer jeres beslutning;;2026-03-02T08:00:00Z;anna@a.example;Anna;ringet op\n");

        assertThat(only().status()).isEqualTo(SendStatus.CLOSED);
        assertThat(tally(run)).isEqualTo(new Tally(Map.of(RowOutcome.CLOSED, 1L)));
    }

    /** The file of problems of a list whose first row has one. */
    private static String problem(String code, String sentence) {
        var quoted = sentence.contains(",") || sentence.contains("\"");
        var field = quoted ? "\"" + sentence.replace("\"", "\"\"") + "\"" : sentence;
        return "code,row,column,message\n" + code + ",2,," + field + "\n";
    }

    private static String word(SendStatus status) {
        return Language.DANISH.status(status.name());
    }

    private String problems(Run run) {
        return world.evidence.files().get("brud/" + run.id() + "/problems.csv");
    }
}

package dk.underret.intake;

import static dk.underret.incident.FindingCode.BAD_FACTS;
import static dk.underret.incident.FindingCode.BAD_KEY;
import static dk.underret.incident.FindingCode.BAD_LETTER;
import static dk.underret.incident.FindingCode.CLOSED;
import static dk.underret.incident.FindingCode.CONTROL_CHARACTER;
import static dk.underret.incident.FindingCode.COUNT_DIFFERS;
import static dk.underret.incident.FindingCode.DIFFERENT_ROWS;
import static dk.underret.incident.FindingCode.FROZEN;
import static dk.underret.incident.FindingCode.IDENTITY_CHANGED;
import static dk.underret.incident.FindingCode.INCOMPLETE;
import static dk.underret.incident.FindingCode.NOTHING_SENT;
import static dk.underret.incident.FindingCode.NOT_IN_LETTER;
import static dk.underret.incident.FindingCode.NO_LETTER;
import static dk.underret.incident.FindingCode.SANDBOX;
import static dk.underret.incident.FindingCode.SENDER_NOT_VERIFIED;
import static dk.underret.incident.FindingCode.TOO_SLOW;
import static dk.underret.incident.FindingCode.UNKNOWN_INCIDENT;
import static dk.underret.intake.IntakeFixture.BUCKET;
import static dk.underret.intake.IntakeFixture.LIST;
import static dk.underret.intake.IntakeFixture.NOW;
import static dk.underret.intake.IntakeFixture.facts;
import static dk.underret.intake.IntakeFixture.json;
import static dk.underret.intake.IntakeFixture.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FactsSource;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.RowOutcome;
import dk.underret.ledger.Tally;
import dk.underret.run.Accounts.Account;
import dk.underret.run.ChunkRow;
import dk.underret.run.Forecast;
import dk.underret.run.Run;
import dk.underret.run.RunStatus;
import dk.underret.run.WorkMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
    private static final String TWO = "email,name\nanna@x.example,Anna\nbo@x.example,Bo\n";

    private final IntakeFixture world = new IntakeFixture();

    private static String people(int count) {
        var list = new StringBuilder("email,name\n");
        IntStream.range(0, count).forEach(i -> list.append("p%d@x.example,Person %d\n".formatted(i, i)));
        return list.toString();
    }

    private Run refusal(IntakeResult answer, FindingCode... codes) {
        assertThat(answer).isInstanceOf(IntakeResult.Refused.class);
        var refused = (IntakeResult.Refused) answer;
        assertThat(refused.findings().counts()).containsKeys(codes);
        assertThat(refused.run().status()).isEqualTo(RunStatus.REFUSED);
        assertThat(refused.run().findings()).isEqualTo(refused.findings().counts());
        assertThat(world.runs.run(refused.run().id())).contains(refused.run());
        assertThat(world.work.messages()).isEmpty();
        assertThat(world.chunks.of(refused.run().id())).isEmpty();
        assertThat(problems(refused.run())).startsWith("code,row,column,message\n");
        for (var code : codes) assertThat(problems(refused.run())).contains("\n" + code + ",");
        return refused.run();
    }

    private String problems(Run run) {
        return world.evidence.files().get(run.incident() + "/" + run.id() + "/problems.csv");
    }

    @Nested
    class A_sound_list {
        @Test
        void is_cut_into_chunks_of_500_rows_and_enqueued() throws IOException {
            var arrival = world.upload(LIST, people(1_201));
            var answer = world.intake().take(arrival);

            assertThat(answer).isInstanceOf(IntakeResult.Sending.class);
            assertThat(world.work.messages())
                    .containsExactly(
                            WorkMessage.first(arrival.run(), 0),
                            WorkMessage.first(arrival.run(), 1),
                            WorkMessage.first(arrival.run(), 2));
            assertThat(world.work.delays()).containsOnly(Duration.ZERO);
            assertThat(world.chunks.of(arrival.run()))
                    .extracting(chunk -> chunk.rows().size())
                    .containsExactly(500, 500, 201);
            assertThat(world.runs.chunks(arrival.run()))
                    .extracting(chunk -> chunk.firstRow())
                    .containsExactly(2L, 502L, 1002L);
        }

        @Test
        void has_each_of_its_chunks_recorded_with_the_hash_of_what_was_written() throws IOException {
            var arrival = world.upload(LIST, people(501));
            world.intake().take(arrival);

            for (var record : world.runs.chunks(arrival.run()))
                assertThat(world.chunks.get(arrival.run(), record.number(), record.sha256()))
                        .hasValueSatisfying(chunk -> assertThat(chunk.rows()).hasSize(record.rows()));
        }

        @Test
        void leaves_a_run_with_version_hashes_and_letters() throws IOException {
            var arrival = world.upload(LIST, TWO);
            world.intake().take(arrival);

            var frozen = world.incidents.frozen(new NoticeId("brud", "main")).orElseThrow();
            var run = world.runs.run(arrival.run()).orElseThrow();
            assertThat(run)
                    .isEqualTo(new Run(
                            arrival.run(),
                            "brud",
                            "main",
                            RunStatus.SENDING,
                            new Run.ListVersion(BUCKET, LIST, "v1", run.list().sha256(), "AIDAEXAMPLE"),
                            frozen.factsSha256(),
                            frozen.letters(),
                            1,
                            1,
                            2,
                            Tally.NONE,
                            run.findings(),
                            NOW,
                            Optional.empty()));
            assertThat(run.list().sha256()).matches("[0-9a-f]{64}");
            assertThat(run.letters()).extracting(letter -> letter.name()).containsExactly("breach-notice");
        }

        @Test
        void freezes_its_notice_with_the_columns_that_tell_people_apart() throws IOException {
            world.take(LIST, TWO);

            var frozen = world.incidents.frozen(new NoticeId("brud", "main")).orElseThrow();
            assertThat(frozen.identity()).containsExactly("email", "name");
            assertThat(frozen.spread()).isEqualTo(1);
            assertThat(frozen.at()).isEqualTo(NOW);
            assertThat(frozen.facts()).doesNotContainKey("status").containsKey("title");
        }

        @Test
        void has_its_send_records_spread_where_ses_is_fast() throws IOException {
            world.accounts.set(new Account(201, -1, 0, true, true));
            world.take(LIST, TWO);

            assertThat(world.incidents
                            .frozen(new NoticeId("brud", "main"))
                            .orElseThrow()
                            .spread())
                    .isEqualTo(16);
        }

        @Test
        void keeps_rows_that_get_no_letter_in_their_chunk() throws IOException {
            var arrival = world.upload(LIST, """
                    email,name,do_not_write
                    anna@x.example,Anna,
                    no address,Bo,
                    anna@x.example,Anna,
                    carl@x.example,Carl,deceased
                    """);
            var answer = (IntakeResult.Sending) world.intake().take(arrival);

            var rows = world.chunks.of(arrival.run()).getFirst().rows();
            assertThat(rows).extracting(ChunkRow::row).containsExactly(2L, 3L, 4L, 5L);
            assertThat(rows.get(0)).isInstanceOf(ChunkRow.Send.class);
            assertThat(rows.get(1)).isInstanceOf(ChunkRow.Invalid.class);
            assertThat(rows.get(2)).isEqualTo(new ChunkRow.Duplicate(4, 2));
            assertThat(rows.get(3)).isEqualTo(new ChunkRow.Skipped(5, "DO_NOT_WRITE"));
            assertThat(answer.forecast().letters()).isEqualTo(1);
            assertThat(problems(answer.run())).contains("\nBAD_ADDRESS,3,");
        }

        @Test
        void has_rows_whose_subject_would_break_set_aside() throws IOException {
            world.letters.put("breach-notice", "da", """
                Subject: Til {{recipient.name}}
                Covers: nature, data, consequences, measures, controller, contact

                Hej
                """);
            var arrival = world.upload(LIST, "email,name\nanna@x.example,\"An\nna\"\nbo@x.example,Bo\n");
            var answer = (IntakeResult.Sending) world.intake().take(arrival);

            assertThat(problems(answer.run())).contains("\nCONTROL_CHARACTER,2,name,");
            assertThat(answer.run().findings()).containsEntry(CONTROL_CHARACTER, 1L);
            assertThat(world.chunks.of(arrival.run()).getFirst().rows())
                    .extracting(row -> row.getClass().getSimpleName())
                    .containsExactly("Invalid", "Send");
        }

        @Test
        void has_a_finish_time_by_rate_and_quota() throws IOException {
            var answer = (IntakeResult.Sending) world.take(LIST, people(28));

            assertThat(answer.forecast()).isEqualTo(new Forecast(28, NOW, Optional.of(NOW.plusSeconds(2))));
        }

        @Test
        void warns_when_the_facts_count_other_people() throws IOException {
            world.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"affected_count\": 3,")));
            var answer = (IntakeResult.Sending) world.take(LIST, TWO);

            assertThat(answer.findings().listed())
                    .filteredOn(finding -> finding.code() == COUNT_DIFFERS)
                    .extracting(finding -> finding.message(Language.ENGLISH))
                    .containsExactly(
                            "The facts say that 3 people are affected, but the list has 2. Find out who is missing, or correct the"
                                    + " number.");
        }

        @Test
        void warns_while_the_account_is_in_the_sandbox() throws IOException {
            world.accounts.set(new Account(1, 200, 0, true, false));

            assertThat(((IntakeResult.Sending) world.take(LIST, TWO)).findings().counts())
                    .containsEntry(SANDBOX, 1L);
        }

        @Test
        void of_a_notice_goes_by_the_notices_facts() throws IOException {
            world.incidents.with(new NoticeId("brud", "skole-3"), parse("{\"controller\": {\"name\": \"Skole 3\"}}"));
            world.take("incidents/brud/skole-3/list.csv", TWO);

            var frozen = world.incidents.frozen(new NoticeId("brud", "skole-3")).orElseThrow();
            assertThat(frozen.facts().get("controller").toString()).contains("Skole 3");
        }
    }

    @Nested
    class A_second_delivery {
        @Test
        void finds_the_run_and_sends_nothing_again() throws IOException {
            var arrival = world.upload(LIST, people(501));
            world.intake().take(arrival);
            var messages = world.work.messages();
            var run = world.runs.run(arrival.run()).orElseThrow();

            assertThat(world.intake().take(arrival)).isEqualTo(new IntakeResult.AlreadyProcessed(run));
            assertThat(world.work.messages()).isEqualTo(messages);
            assertThat(world.chunks.puts()).isEqualTo(2);
        }

        @Test
        void of_a_refused_list_finds_the_refusal() throws IOException {
            var arrival = world.upload("incidents/unknown/list.csv", TWO);
            var run = refusal(world.intake().take(arrival), UNKNOWN_INCIDENT);

            assertThat(world.intake().take(arrival)).isEqualTo(new IntakeResult.AlreadyProcessed(run));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void after_a_crash_between_chunks_writes_the_same_chunks(int failing) throws IOException {
            var arrival = world.upload(LIST, people(1_201));
            world.chunks.failAtPut(failing);
            assertThatThrownBy(() -> world.intake().take(arrival)).isInstanceOf(IllegalStateException.class);
            assertThat(world.runs.run(arrival.run())).isEmpty();

            assertThat(world.intake().take(arrival)).isInstanceOf(IntakeResult.Sending.class);
            assertComplete(arrival, 3);
            assertThat(world.work.messages()).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void after_a_crash_while_enqueuing_leaves_no_chunk_out(int failing) throws IOException {
            var arrival = world.upload(LIST, people(1_201));
            world.work.failAtMessage(failing);
            assertThatThrownBy(() -> world.intake().take(arrival)).isInstanceOf(IllegalStateException.class);
            assertThat(world.runs.run(arrival.run()).orElseThrow().status()).isEqualTo(RunStatus.PLANNED);

            assertThat(world.intake().take(arrival)).isInstanceOf(IntakeResult.AlreadyProcessed.class);
            assertComplete(arrival, 3);
        }

        @Test
        void after_a_crash_enqueues_only_chunks_that_are_not_settled() throws IOException {
            var arrival = world.upload(LIST, people(1_201));
            world.work.failAtMessage(3);
            assertThatThrownBy(() -> world.intake().take(arrival)).isInstanceOf(IllegalStateException.class);
            world.runs.settle(arrival.run(), 0, Tally.NONE.plus(RowOutcome.ACCEPTED, 500), NOW);

            world.intake().take(arrival);

            assertThat(world.work.messages().subList(2, 4))
                    .containsExactly(WorkMessage.first(arrival.run(), 1), WorkMessage.first(arrival.run(), 2));
        }

        @Test
        void after_a_crash_goes_by_what_was_frozen_when_the_facts_have_changed_since() throws IOException {
            var arrival = world.upload(LIST, TWO);
            world.work.failAtMessage(1);
            assertThatThrownBy(() -> world.intake().take(arrival)).isInstanceOf(IllegalStateException.class);
            world.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));

            world.intake().take(arrival);

            assertThat(world.work.messages()).containsExactly(WorkMessage.first(arrival.run(), 0));
        }

        @Test
        void after_a_crash_before_the_plan_goes_on_by_the_facts_and_letters_that_it_froze() throws IOException {
            var arrival = world.upload(LIST, TWO);
            assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(arrival))
                    .isInstanceOf(IllegalStateException.class);
            var frozen = world.incidents.frozen(new NoticeId("brud", "main")).orElseThrow();
            world.incidents.with(
                    "brud",
                    parse(json("approved")
                            .replace("Skolen", "Gymnasiet")
                            .replace("{\n  \"title\"", "{\n  \"max_per_hour\": 60,\n  \"title\"")));
            world.letters.put("breach-notice", "da", "Subject: Et andet\n\n{{recipient.lånernr}}\n");
            world.letters.put("breach-notice", "en", "Subject: One more\n\n{{recipient.name}}\n");

            var sending = (IntakeResult.Sending) world.intake().take(arrival);

            assertThat(sending.run().factsSha256()).isEqualTo(frozen.factsSha256());
            assertThat(sending.run().letters()).isEqualTo(frozen.letters());
            assertThat(sending.findings().counts()).isEmpty();
            assertThat(sending.forecast().finish()).contains(NOW.plusSeconds(120));
            assertComplete(arrival, 1);
            assertThat(world.incidents.frozen(new NoticeId("brud", "main"))).contains(frozen);
        }

        @ParameterizedTest
        @CsvSource({"draft, DRAFT", "closed, REFUSED"})
        void after_a_crash_before_the_plan_sends_nothing_when_it_may_not_be_sent_any_more(
                String status, RunStatus answer) throws IOException {
            var arrival = world.upload(LIST, TWO);
            assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(arrival))
                    .isInstanceOf(IllegalStateException.class);
            world.incidents.with("brud", facts(status));

            world.intake().take(arrival);

            assertThat(world.runs.run(arrival.run()).orElseThrow().status()).isEqualTo(answer);
            assertThat(world.work.messages()).isEmpty();
        }

        @Test
        void at_the_same_time_with_other_facts_comes_back_and_goes_by_what_the_other_froze() throws IOException {
            var arrival = world.upload(LIST, TWO);
            var first = world.intakeThatMeets("chunks", () -> {
                world.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));
                assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(arrival))
                        .hasMessage("died");
            });

            assertThatThrownBy(() -> first.take(arrival))
                    .hasMessage("run " + arrival.run() + " was frozen by another delivery under other facts");
            assertThat(world.runs.runs()).isEmpty();

            assertThat(world.intake().take(arrival)).isInstanceOf(IntakeResult.Sending.class);
            assertComplete(arrival, 1);
        }

        @Test
        void of_another_list_does_not_go_by_what_the_first_froze() throws IOException {
            assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(world.upload(LIST, TWO)))
                    .isInstanceOf(IllegalStateException.class);
            world.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));

            var answer = (IntakeResult.Refused) world.take("incidents/brud/more.csv", TWO);

            assertThat(answer.findings().counts()).containsEntry(FROZEN, 1L);
        }

        @Test
        void at_the_same_time_makes_one_run_with_the_same_chunks() throws Exception {
            var arrival = world.upload(LIST, people(1_201));
            Callable<IntakeResult> delivery = () -> world.intake().take(arrival);
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (var answer : threads.invokeAll(List.of(delivery, delivery))) answer.get();
            }

            assertThat(world.runs.runs()).hasSize(1);
            assertComplete(arrival, 3);
        }

        private void assertComplete(Upload arrival, int chunks) {
            var run = world.runs.run(arrival.run()).orElseThrow();
            assertThat(run.status()).isEqualTo(RunStatus.SENDING);
            assertThat(run.chunks()).isEqualTo(chunks);
            assertThat(world.runs.chunks(arrival.run())).hasSize(chunks);
            assertThat(world.work.messages())
                    .containsAll(IntStream.range(0, chunks)
                            .mapToObj(chunk -> WorkMessage.first(arrival.run(), chunk))
                            .toList());
            assertThat(world.chunks.of(arrival.run()).stream()
                            .flatMap(chunk -> chunk.rows().stream())
                            .map(ChunkRow::row))
                    .containsExactlyElementsOf(IntStream.range(0, (int) run.rows())
                            .mapToObj(i -> i + 2L)
                            .toList());
            for (var record : world.runs.chunks(arrival.run()))
                assertThat(world.chunks.get(arrival.run(), record.number(), record.sha256()))
                        .isPresent();
        }
    }

    @Nested
    class A_draft {
        @Test
        void is_checked_in_full_and_sends_nothing() throws IOException {
            world.incidents.with("brud", facts("draft"));
            var arrival = world.upload(LIST, "email,name\nanna@x.example,Anna\nno address,Bo\n");
            var answer = world.intake().take(arrival);

            assertThat(answer).isInstanceOf(IntakeResult.Draft.class);
            var draft = (IntakeResult.Draft) answer;
            assertThat(draft.run().status()).isEqualTo(RunStatus.DRAFT);
            assertThat(draft.run().rows()).isEqualTo(2);
            assertThat(draft.forecast().letters()).isEqualTo(1);
            assertThat(problems(draft.run())).contains("\nBAD_ADDRESS,3,");
            assertThat(world.chunks.puts()).isZero();
            assertThat(world.work.messages()).isEmpty();
            assertThat(world.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
        }

        @Test
        void is_answered_with_all_that_a_list_would_be_refused_for() throws IOException {
            world.incidents.with(
                    "brud",
                    parse(json("draft").replace("\"consequences\": [\"Du kan få opkald fra svindlere.\"],", "")));
            var answer = world.take(LIST, "email,name\nanna@x.example,Anna\nno address,Bo\n");

            assertThat(answer).isInstanceOf(IntakeResult.Draft.class);
            var draft = (IntakeResult.Draft) answer;
            assertThat(draft.run().status()).isEqualTo(RunStatus.DRAFT);
            assertThat(draft.findings().refuse()).isTrue();
            assertThat(problems(draft.run()))
                    .contains("\nINCOMPLETE,0,consequences,")
                    .contains("\nBAD_ADDRESS,3,");
            assertThat(world.work.messages()).isEmpty();
        }

        @Test
        void is_what_facts_without_a_status_are() throws IOException {
            world.incidents.with("brud", parse(json("approved").replace("\"status\": \"approved\",", "")));

            assertThat(world.take(LIST, TWO)).isInstanceOf(IntakeResult.Draft.class);
        }
    }

    @Nested
    class A_list_is_refused {
        @Test
        void without_facts() throws IOException {
            var run = refusal(world.take("incidents/unknown/list.csv", TWO), UNKNOWN_INCIDENT);

            assertThat(run.incident()).isEqualTo("unknown");
            assertThat(problems(run)).contains("There are no facts yet for this incident or this notice.");
        }

        @Test
        void for_a_notice_that_has_no_facts_of_its_own() throws IOException {
            refusal(world.take("incidents/brud/skole-4/list.csv", TWO), UNKNOWN_INCIDENT);
        }

        @Test
        void when_its_notice_is_closed() throws IOException {
            world.incidents.with("brud", facts("closed"));
            var run = refusal(world.take(LIST, TWO), CLOSED);

            assertThat(problems(run)).contains("afsluttet");
        }

        @Test
        void when_its_facts_are_incomplete_with_all_that_is_missing_at_once() throws IOException {
            world.incidents.with("brud", parse("""
                    {"title": "Brud", "language": "da", "status": "approved", "sender": {"from": "post@skole.example"}}"""));
            var run = refusal(world.take(LIST, TWO), INCOMPLETE);

            assertThat(run.findings().get(INCOMPLETE)).isGreaterThan(3);
            assertThat(run.rows()).isEqualTo(2);
        }

        @Test
        void when_its_letter_is_not_there() throws IOException {
            world.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"letter\": \"own\",")));
            var run = refusal(world.take(LIST, TWO), NO_LETTER);

            assertThat(problems(run)).contains("letters/own/da.hbs");
        }

        @Test
        void when_its_letter_is_invalid() throws IOException {
            world.letters.put("breach-notice", "da", "Subject: x\n\n{{{recipient.name}}}\n");

            refusal(world.take(LIST, TWO), BAD_LETTER);
        }

        @Test
        void when_its_letter_leaves_out_what_article_34_demands() throws IOException {
            world.letters.put(
                    "breach-notice",
                    "da",
                    "Subject: Brud\nCovers: nature, data, consequences, controller, contact\n\nHej\n");
            var run = refusal(world.take(LIST, TWO), NOT_IN_LETTER);

            assertThat(run.findings()).containsEntry(NOT_IN_LETTER, 1L);
        }

        @Test
        void when_this_deployment_may_not_send_from_its_sender() throws IOException {
            world.incidents.with("brud", parse(json("approved").replace("<post@skole", "<brev@skole")));
            var run = refusal(world.take(LIST, TWO), SENDER_NOT_VERIFIED);

            assertThat(problems(run))
                    .contains(
                            "\nSENDER_NOT_VERIFIED,0,sender.from,\"Denne installation må ikke sende fra afsenderens adresse.");
        }

        @Test
        void when_ses_has_not_verified_its_sender() throws IOException {
            world.accounts.forget(IntakeFixture.SENDER);
            var run = refusal(world.take(LIST, TWO), SENDER_NOT_VERIFIED);

            assertThat(problems(run)).contains("\nSENDER_NOT_VERIFIED,0,sender.from,");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                recipient_id | 3   | recipient_id
                about        | Ida | email, name, about
                """)
        void when_another_identity_scheme_would_tell_people_twice(String column, String value, String scheme)
                throws IOException {
            world.take(LIST, TWO);
            var answer = (IntakeResult.Refused) world.take(
                    "incidents/brud/more.csv", "email,name," + column + "\ncarl@x.example,Carl," + value + "\n");

            assertThat(answer.findings().listed())
                    .containsExactly(Finding.of(IDENTITY_CHANGED, "more.csv", "email, name", scheme));
            assertThat(answer.run().status()).isEqualTo(RunStatus.REFUSED);
            assertThat(world.work.messages()).hasSize(1);
        }

        @Test
        void when_its_facts_differ_from_the_frozen_ones() throws IOException {
            world.take(LIST, TWO);
            world.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));
            var answer = (IntakeResult.Refused) world.take("incidents/brud/more.csv", TWO);

            assertThat(answer.findings().counts()).containsEntry(FROZEN, 1L);
            assertThat(world.work.messages()).hasSize(1);
            assertThat(world.chunks.of(answer.run().id())).isEmpty();
        }

        @Test
        void but_not_when_only_how_it_is_sent_has_changed() throws IOException {
            world.take(LIST, TWO);
            world.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"max_per_hour\": 60,")));

            assertThat(world.take("incidents/brud/more.csv", TWO)).isInstanceOf(IntakeResult.Sending.class);
        }

        @ParameterizedTest
        @CsvSource({
            "affected_data, navn, navn|adresse",
            "reminder,      yes,  no",
            "kind,          a,    b",
            "pupil,         yes,  ''",
            "name,          Anna, Anna",
            "locale,        da,   en"
        })
        void when_one_person_would_get_two_different_letters(String column, String one, String other)
                throws IOException {
            world.incidents.with(
                    "brud", parse(json("approved").replace("[{\"items\": [\"navn\", \"adresse\"]}]", """
                                [{"items": ["navn"]}, {"items": ["adresse"], "applies_to": {"kind": "a"}}],
                                "sections": [{"heading": "Rykker", "paragraphs": ["x"], "only_if": {"reminder": "yes"}}]
                                """)));
            for (var locale : List.of("da", "en")) world.letters.put("breach-notice", locale, """
                    Subject: {{incident.title}}
                    Covers: nature, data, consequences, measures, controller, contact

                    {{list recipient.affected_data}}{{#if recipient.pupil}}Elev{{/if}}
                    {{#each incident.sections}}{{heading}}{{/each}}
                    """);
            var same = List.of("kind", "reminder", "pupil").stream()
                    .filter(name -> !name.equals(column))
                    .toList();
            var head = "email," + String.join(",", same) + "," + column + "\n";
            var start = "anna@x.example," + ",".repeat(same.size());
            var list = head + start + one + "\n" + start + other + "\n";

            if (one.equals(other)) assertThat(world.take(LIST, list)).isInstanceOf(IntakeResult.Sending.class);
            else refusal(world.take(LIST, list), DIFFERENT_ROWS);
        }

        @Test
        void when_it_would_outlive_its_data() throws IOException {
            world.accounts.set(new Account(1, 1, 0, true, true));
            var run = refusal(world.take(LIST, people(20)), TOO_SLOW);

            assertThat(problems(run)).contains("TOO_SLOW,0,,");
        }

        @Test
        void with_every_code_counted_and_none_of_its_chunks_left() throws IOException {
            var run = refusal(world.take(LIST, people(600) + "\"open,Carl\n"), FindingCode.UNCLOSED_QUOTE);

            assertThat(run.chunks()).isZero();
            assertThat(run.factsSha256()).isEmpty();
        }
    }

    @Nested
    class An_upload_that_is_no_list {
        @ParameterizedTest
        @ValueSource(strings = {"resend", "close", "posted"})
        void gets_a_refusal_when_it_is_a_decision_and_nothing_was_sent_yet(String action) throws IOException {
            var run = refusal(world.take("incidents/brud/main/" + action + "/list.csv", TWO), NOTHING_SENT);

            assertThat(problems(run)).contains("Der er endnu ikke sendt breve i denne underretning");
        }

        @ParameterizedTest
        @ValueSource(strings = {"incidents/brud/../list.csv", "incidents/brud/%2e%2e/list.csv", "incidents/brud/a.txt"})
        void gets_a_refusal_when_its_key_is_bad(String key) throws IOException {
            assertThat(refusal(world.take(key, TWO), BAD_KEY).incident()).isEqualTo("brud");
        }

        @Test
        void gets_a_refusal_when_its_key_names_no_incident() throws IOException {
            assertThat(refusal(world.take("list.csv", TWO), BAD_KEY).incident()).isEmpty();
        }

        @Test
        void is_passed_over_when_it_is_a_folder_marker() throws IOException {
            assertThat(world.take("incidents/brud/", ""))
                    .isEqualTo(new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.FOLDER));
            assertThat(world.runs.runs()).isEmpty();
        }

        @Test
        void is_passed_over_when_it_is_gone() throws IOException {
            var arrival = world.upload(LIST, TWO);
            world.lists.delete(BUCKET, LIST);

            assertThat(world.intake().take(arrival))
                    .isEqualTo(new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE));
        }

        @Test
        void is_checked_when_it_is_a_letter() throws IOException {
            assertThat(world.take("letters/own/da.hbs", "Subject: x\n\n{{{recipient.name}}}\n"))
                    .isInstanceOfSatisfying(
                            IntakeResult.LetterChecked.class,
                            checked -> assertThat(checked.findings())
                                    .extracting(finding -> finding.code())
                                    .containsExactly(BAD_LETTER));
        }
    }

    @Nested
    class Facts {
        private static final String FACTS = "incidents/brud/incident.json";

        @Test
        void that_are_uploaded_are_stored_with_their_source() throws IOException {
            var arrival = world.upload(FACTS, json("draft").replace("Skolen", "Gymnasiet"));
            assertThat(world.intake().take(arrival))
                    .isInstanceOfSatisfying(
                            IntakeResult.FactsTaken.class,
                            taken -> assertThat(taken.newest()).isTrue());

            var stored = world.incidents.incident("brud").orElseThrow();
            assertThat(stored.facts().get("controller").toString()).contains("Gymnasiet");
            assertThat(stored.source().orElseThrow().principal()).isEqualTo("AIDAEXAMPLE");
            assertThat(stored.source().orElseThrow().sequencer()).isEqualTo(arrival.sequencer());
        }

        @Test
        void of_an_older_upload_never_replace_newer_ones() throws IOException {
            var older = world.upload(FACTS, json("approved"));
            var newer = world.upload(FACTS, json("closed"));
            world.intake().take(newer);

            assertThat(((IntakeResult.FactsTaken) world.intake().take(older)).newest())
                    .isFalse();
            assertThat(world.incidents.incident("brud").orElseThrow().facts()).containsEntry("status", "closed");
        }

        @Test
        void that_do_not_parse_are_refused_with_line_and_column() throws IOException {
            var run = refusal(world.take(FACTS, "{\"title\": \"Brud\",\n \"status\": }"), BAD_FACTS);

            assertThat(problems(run)).contains("BAD_FACTS,2,");
        }

        @Test
        void of_another_shape_are_refused_with_the_path_and_not_stored() throws IOException {
            var run = refusal(world.take(FACTS, json("approved").replace("2026-02-20", "20. februar")), BAD_FACTS);

            assertThat(problems(run)).contains("BAD_FACTS,0,discovered_at,");
            assertThat(world.incidents.incident("brud").orElseThrow().source()).isEmpty();
        }

        @Test
        void that_are_incomplete_are_stored_all_the_same() throws IOException {
            var answer = (IntakeResult.FactsTaken) world.take(FACTS, "{\"title\": \"Brud\"}");

            assertThat(answer.newest()).isTrue();
            assertThat(answer.findings()).extracting(finding -> finding.code()).contains(INCOMPLETE);
        }

        @Test
        void of_a_notice_are_stored_beside_the_incidents() throws IOException {
            world.take("incidents/brud/skole-3/notice.json", "{\"controller\": {\"name\": \"Skole 3\"}}");

            assertThat(world.incidents
                            .notice(new NoticeId("brud", "skole-3"))
                            .orElseThrow()
                            .facts())
                    .containsOnlyKeys("controller");
        }

        @Test
        void in_the_bucket_are_taken_in_by_a_list_whose_event_came_first() throws IOException {
            world.upload(FACTS, json("closed"));

            refusal(world.take(LIST, TWO), CLOSED);
            assertThat(world.incidents.incident("brud").orElseThrow().facts()).containsEntry("status", "closed");
        }

        @Test
        void in_the_bucket_that_are_older_than_the_tables_are_left() throws IOException {
            var arrival = world.upload(FACTS, json("closed"));
            world.intake().take(arrival);
            world.incidents.correct("brud", facts("approved"));

            assertThat(world.take(LIST, TWO)).isInstanceOf(IntakeResult.Sending.class);
        }

        @Test
        void in_the_bucket_get_their_principal_when_their_event_comes_after_the_list() throws IOException {
            var arrival = world.upload(FACTS, json("approved"));
            world.take(LIST, TWO);
            assertThat(world.incidents.incident("brud").orElseThrow().source())
                    .contains(new FactsSource(arrival.version(), "", "", NOW));

            assertThat(((IntakeResult.FactsTaken) world.intake().take(arrival)).newest())
                    .isTrue();
            assertThat(world.incidents.incident("brud").orElseThrow().source())
                    .contains(new FactsSource(arrival.version(), arrival.sequencer(), "AIDAEXAMPLE", arrival.at()));
        }

        @Test
        void of_a_notice_take_a_fact_of_the_incidents_away_by_null() throws IOException {
            world.take("incidents/brud/skole-3/notice.json", "{\"verify\": null, \"controller\": {\"phone\": null}}");
            var answer = world.take("incidents/brud/skole-3/list.csv", TWO);

            assertThat(answer).isInstanceOf(IntakeResult.Sending.class);
            var frozen = world.incidents
                    .frozen(new NoticeId("brud", "skole-3"))
                    .orElseThrow()
                    .facts();
            assertThat(frozen).doesNotContainKey("verify");
            assertThat(frozen.get("controller")).isEqualTo(Map.of("name", "Skolen", "email", "post@skole.example"));
        }

        @Test
        void in_the_bucket_that_do_not_parse_refuse_the_list() throws IOException {
            world.upload(FACTS, "{");

            refusal(world.take(LIST, TWO), BAD_FACTS);
        }
    }
}

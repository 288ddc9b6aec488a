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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FactsSource;
import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.incident.Severity;
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

    private final IntakeFixture fixture = new IntakeFixture();

    private static String people(int count) {
        var list = new StringBuilder("email,name\n");
        IntStream.range(0, count).forEach(i -> list.append("p%d@x.example,Person %d\n".formatted(i, i)));
        return list.toString();
    }

    private Run refusal(IntakeResult result, FindingCode... codes) {
        assertThat(result).isInstanceOf(IntakeResult.Refused.class);
        var refused = (IntakeResult.Refused) result;
        assertThat(refused.findings().counts()).containsKeys(codes);
        assertThat(refused.run().status()).isEqualTo(RunStatus.REFUSED);
        assertThat(refused.run().findings()).isEqualTo(refused.findings().counts());
        assertThat(fixture.runs.run(refused.run().id())).contains(refused.run());
        assertThat(fixture.work.messages()).isEmpty();
        assertThat(fixture.chunks.of(refused.run().id())).isEmpty();
        assertThat(problems(refused.run())).startsWith("code,row,column,message\n");
        for (var code : codes) assertThat(problems(refused.run())).contains("\n" + code + ",");
        return refused.run();
    }

    private String problems(Run run) {
        return fixture.evidence.files().get(run.incident() + "/" + run.id() + "/problems.csv");
    }

    @Nested
    class A_valid_list {
        @Test
        void is_split_into_chunks_of_500_rows_and_enqueued() throws IOException {
            var upload = fixture.upload(LIST, people(1_201));
            var result = fixture.intake().take(upload);

            assertThat(result).isInstanceOf(IntakeResult.Sending.class);
            assertThat(fixture.work.messages())
                    .containsExactly(
                            WorkMessage.first(upload.run(), 0),
                            WorkMessage.first(upload.run(), 1),
                            WorkMessage.first(upload.run(), 2));
            assertThat(fixture.work.delays()).containsOnly(Duration.ZERO);
            assertThat(fixture.chunks.of(upload.run()))
                    .extracting(chunk -> chunk.rows().size())
                    .containsExactly(500, 500, 201);
            assertThat(fixture.runs.chunks(upload.run()))
                    .extracting(chunk -> chunk.firstRow())
                    .containsExactly(2L, 502L, 1002L);
        }

        @Test
        void has_a_record_of_each_chunk_with_the_hash_of_its_content() throws IOException {
            var upload = fixture.upload(LIST, people(501));
            fixture.intake().take(upload);

            for (var record : fixture.runs.chunks(upload.run()))
                assertThat(fixture.chunks.get(upload.run(), record.number(), record.sha256()))
                        .hasValueSatisfying(chunk -> assertThat(chunk.rows()).hasSize(record.rows()));
        }

        @Test
        void creates_a_run_with_version_hashes_and_letters() throws IOException {
            var upload = fixture.upload(LIST, TWO);
            fixture.intake().take(upload);

            var frozen = fixture.incidents.frozen(new NoticeId("brud", "main")).orElseThrow();
            var run = fixture.runs.run(upload.run()).orElseThrow();
            assertThat(run)
                    .isEqualTo(new Run(
                            upload.run(),
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
        void freezes_its_notice_with_the_columns_of_the_identity() throws IOException {
            fixture.take(LIST, TWO);

            var frozen = fixture.incidents.frozen(new NoticeId("brud", "main")).orElseThrow();
            assertThat(frozen.identity()).containsExactly("email", "name");
            assertThat(frozen.spread()).isEqualTo(1);
            assertThat(frozen.at()).isEqualTo(NOW);
            assertThat(frozen.facts()).doesNotContainKey("status").containsKey("title");
        }

        @ParameterizedTest
        @CsvSource({"200,1", "201,16"})
        void has_its_send_records_partitioned_when_ses_sends_more_than_200_a_second(int rate, int spread)
                throws IOException {
            fixture.accounts.set(new Account(rate, -1, 0, true, true));
            fixture.take(LIST, TWO);

            assertThat(fixture.incidents
                            .frozen(new NoticeId("brud", "main"))
                            .orElseThrow()
                            .spread())
                    .isEqualTo(spread);
        }

        @Test
        void keeps_rows_that_get_no_letter_in_their_chunk() throws IOException {
            var upload = fixture.upload(LIST, """
                    email,name,do_not_write
                    anna@x.example,Anna,
                    no address,Bo,
                    anna@x.example,Anna,
                    carl@x.example,Carl,deceased
                    """);
            var result = (IntakeResult.Sending) fixture.intake().take(upload);

            var rows = fixture.chunks.of(upload.run()).getFirst().rows();
            assertThat(rows).extracting(ChunkRow::row).containsExactly(2L, 3L, 4L, 5L);
            assertThat(rows.get(0)).isInstanceOf(ChunkRow.Send.class);
            assertThat(rows.get(1)).isInstanceOf(ChunkRow.Invalid.class);
            assertThat(rows.get(2)).isEqualTo(new ChunkRow.Duplicate(4, 2));
            assertThat(rows.get(3)).isEqualTo(new ChunkRow.Skipped(5, "DO_NOT_WRITE"));
            assertThat(result.forecast().letters()).isEqualTo(1);
            assertThat(problems(result.run())).contains("\nBAD_ADDRESS,3,");
        }

        @Test
        void marks_rows_as_invalid_whose_subject_would_have_a_line_break() throws IOException {
            fixture.letters.put("breach-notice", "da", """
                Subject: Til {{recipient.name}}
                Covers: nature, data, consequences, measures, controller, contact

                Hej
                """);
            var upload = fixture.upload(LIST, "email,name\nanna@x.example,\"An\nna\"\nbo@x.example,Bo\n");
            var result = (IntakeResult.Sending) fixture.intake().take(upload);

            assertThat(problems(result.run())).contains("\nCONTROL_CHARACTER,2,name,");
            assertThat(result.run().findings()).containsEntry(CONTROL_CHARACTER, 1L);
            assertThat(fixture.chunks.of(upload.run()).getFirst().rows())
                    .extracting(row -> row.getClass().getSimpleName())
                    .containsExactly("Invalid", "Send");
        }

        @Test
        void marks_rows_as_invalid_that_lack_a_value_that_their_letter_prints() throws IOException {
            var upload = fixture.upload(LIST, "email,name\nanna@x.example,\nbo@x.example,Bo\n");
            var result = (IntakeResult.Sending) fixture.intake().take(upload);

            assertThat(problems(result.run())).contains("\nMISSING_VALUE,2,name,");
            assertThat(fixture.chunks.of(upload.run()).getFirst().rows())
                    .extracting(row -> row.getClass().getSimpleName())
                    .containsExactly("Invalid", "Send");
        }

        @ParameterizedTest
        @ValueSource(strings = {"post@skole.example", "<post@skole.example>", "Skolen <Post@Skole.example>"})
        void may_have_its_sender_with_and_without_a_name(String from) throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replace("Skolen <post@skole.example>", from)));

            assertThat(fixture.take(LIST, TWO)).isInstanceOf(IntakeResult.Sending.class);
        }

        @Test
        void has_a_forecast_by_rate_and_quota() throws IOException {
            var result = (IntakeResult.Sending) fixture.take(LIST, people(28));

            assertThat(result.forecast()).isEqualTo(new Forecast(28, NOW, Optional.of(NOW.plusSeconds(2))));
        }

        @Test
        void has_a_warning_when_the_facts_have_another_count() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"affected_count\": 3,")));
            var result = (IntakeResult.Sending) fixture.take(LIST, TWO);

            assertThat(result.findings().listed())
                    .filteredOn(finding -> finding.code() == COUNT_DIFFERS)
                    .extracting(finding -> finding.message(Language.ENGLISH))
                    .containsExactly(
                            "The facts say that 3 people are affected, but the list has 2. Find out who is missing, or correct the"
                                    + " number.");
        }

        @Test
        void has_no_warning_when_the_facts_have_its_count() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"affected_count\": 2,")));

            assertThat(((IntakeResult.Sending) fixture.take(LIST, TWO))
                            .findings()
                            .counts())
                    .isEmpty();
        }

        @Test
        void has_a_warning_while_the_account_is_in_the_sandbox() throws IOException {
            fixture.accounts.set(new Account(1, 200, 0, true, false));

            assertThat(((IntakeResult.Sending) fixture.take(LIST, TWO))
                            .findings()
                            .counts())
                    .containsEntry(SANDBOX, 1L);
        }

        @Test
        void of_a_notice_uses_the_notices_facts() throws IOException {
            fixture.incidents.with(new NoticeId("brud", "skole-3"), parse("{\"controller\": {\"name\": \"Skole 3\"}}"));
            fixture.take("incidents/brud/skole-3/list.csv", TWO);

            var frozen =
                    fixture.incidents.frozen(new NoticeId("brud", "skole-3")).orElseThrow();
            assertThat(frozen.facts().get("controller").toString()).contains("Skole 3");
        }
    }

    @Nested
    class A_second_delivery {
        @Test
        void finds_the_run_and_sends_nothing_twice() throws IOException {
            var upload = fixture.upload(LIST, people(501));
            fixture.intake().take(upload);
            var messages = fixture.work.messages();
            var run = fixture.runs.run(upload.run()).orElseThrow();

            assertThat(fixture.intake().take(upload)).isEqualTo(new IntakeResult.AlreadyProcessed(run));
            assertThat(fixture.work.messages()).isEqualTo(messages);
            assertThat(fixture.chunks.puts()).isEqualTo(2);
        }

        @Test
        void of_a_refused_list_finds_the_refusal() throws IOException {
            var upload = fixture.upload("incidents/unknown/list.csv", TWO);
            var run = refusal(fixture.intake().take(upload), UNKNOWN_INCIDENT);

            assertThat(fixture.intake().take(upload)).isEqualTo(new IntakeResult.AlreadyProcessed(run));
        }

        @ParameterizedTest
        @CsvSource({"incidents/brud/list.txt,BAD_KEY", "incidents/brud/incident.json,BAD_FACTS"})
        void of_another_refused_upload_finds_the_refusal(String key, FindingCode code) throws IOException {
            var upload = fixture.upload(key, "[]");
            var run = refusal(fixture.intake().take(upload), code);

            assertThat(fixture.intake().take(upload)).isEqualTo(new IntakeResult.AlreadyProcessed(run));
            assertThat(fixture.runs.runs()).hasSize(1);
        }

        @Test
        void of_a_refused_list_deletes_the_chunks_that_a_crashed_delivery_left() throws IOException {
            var upload = fixture.upload(LIST, people(1_000) + "\"open,Carl\n");
            var crashing = fixture.intakeInterruptedAt("chunks", () -> {
                assertThatCode(() -> refusal(fixture.intake().take(upload), FindingCode.UNCLOSED_QUOTE))
                        .doesNotThrowAnyException();
                fixture.chunks.failAtPut(2);
            });
            assertThatThrownBy(() -> crashing.take(upload)).isInstanceOf(IllegalStateException.class);
            assertThat(fixture.chunks.of(upload.run())).hasSize(1);

            fixture.intake().take(upload);

            assertThat(fixture.chunks.of(upload.run())).isEmpty();
        }

        @Test
        void that_plans_the_run_first_leaves_the_other_nothing_to_do() throws IOException {
            var upload = fixture.upload(LIST, TWO);
            var late = fixture.intakeInterruptedAt(
                    "create",
                    () -> assertThatCode(() -> fixture.intake().take(upload)).doesNotThrowAnyException());

            var result = late.take(upload);

            var run = fixture.runs.run(upload.run()).orElseThrow();
            assertThat(run.status()).isEqualTo(RunStatus.SENDING);
            assertThat(result).isEqualTo(new IntakeResult.AlreadyProcessed(run));
            assertThat(fixture.work.messages()).containsExactly(WorkMessage.first(upload.run(), 0));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void after_a_crash_between_chunks_writes_the_same_chunks(int failing) throws IOException {
            var upload = fixture.upload(LIST, people(1_201));
            fixture.chunks.failAtPut(failing);
            assertThatThrownBy(() -> fixture.intake().take(upload)).isInstanceOf(IllegalStateException.class);
            assertThat(fixture.runs.run(upload.run())).isEmpty();

            assertThat(fixture.intake().take(upload)).isInstanceOf(IntakeResult.Sending.class);
            assertComplete(upload, 3);
            assertThat(fixture.work.messages()).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void after_a_crash_while_enqueuing_leaves_no_chunk_out(int failing) throws IOException {
            var upload = fixture.upload(LIST, people(1_201));
            fixture.work.failAtMessage(failing);
            assertThatThrownBy(() -> fixture.intake().take(upload)).isInstanceOf(IllegalStateException.class);
            assertThat(fixture.runs.run(upload.run()).orElseThrow().status()).isEqualTo(RunStatus.PLANNED);

            assertThat(fixture.intake().take(upload)).isInstanceOf(IntakeResult.AlreadyProcessed.class);
            assertComplete(upload, 3);
        }

        @Test
        void after_a_crash_enqueues_only_chunks_that_are_not_settled() throws IOException {
            var upload = fixture.upload(LIST, people(1_201));
            fixture.work.failAtMessage(3);
            assertThatThrownBy(() -> fixture.intake().take(upload)).isInstanceOf(IllegalStateException.class);
            fixture.runs.settle(upload.run(), 0, Tally.NONE.plus(RowOutcome.ACCEPTED, 500), NOW);

            fixture.intake().take(upload);

            assertThat(fixture.work.messages().subList(2, 4))
                    .containsExactly(WorkMessage.first(upload.run(), 1), WorkMessage.first(upload.run(), 2));
        }

        @Test
        void after_a_crash_uses_the_frozen_facts_when_the_facts_have_changed_since() throws IOException {
            var upload = fixture.upload(LIST, TWO);
            fixture.work.failAtMessage(1);
            assertThatThrownBy(() -> fixture.intake().take(upload)).isInstanceOf(IllegalStateException.class);
            fixture.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));

            fixture.intake().take(upload);

            assertThat(fixture.work.messages()).containsExactly(WorkMessage.first(upload.run(), 0));
        }

        @Test
        void after_a_crash_before_the_plan_uses_the_facts_and_letters_that_it_froze() throws IOException {
            var upload = fixture.upload(LIST, TWO);
            assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(upload))
                    .isInstanceOf(IllegalStateException.class);
            var frozen = fixture.incidents.frozen(new NoticeId("brud", "main")).orElseThrow();
            fixture.incidents.with(
                    "brud",
                    parse(json("approved")
                            .replace("Skolen", "Gymnasiet")
                            .replace("{\n  \"title\"", "{\n  \"max_per_hour\": 60,\n  \"title\"")));
            fixture.letters.put("breach-notice", "da", "Subject: Et andet\n\n{{recipient.lånernr}}\n");
            fixture.letters.put("breach-notice", "en", "Subject: One more\n\n{{recipient.name}}\n");

            var sending = (IntakeResult.Sending) fixture.intake().take(upload);

            assertThat(sending.run().factsSha256()).isEqualTo(frozen.factsSha256());
            assertThat(sending.run().letters()).isEqualTo(frozen.letters());
            assertThat(sending.findings().counts()).isEmpty();
            assertThat(sending.forecast().finish()).contains(NOW.plusSeconds(120));
            assertComplete(upload, 1);
            assertThat(fixture.incidents.frozen(new NoticeId("brud", "main"))).contains(frozen);
        }

        @ParameterizedTest
        @CsvSource({"draft, DRAFT", "closed, REFUSED"})
        void after_a_crash_before_the_plan_sends_nothing_when_sending_is_no_longer_allowed(
                String status, RunStatus result) throws IOException {
            var upload = fixture.upload(LIST, TWO);
            assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(upload))
                    .isInstanceOf(IllegalStateException.class);
            fixture.incidents.with("brud", facts(status));

            fixture.intake().take(upload);

            assertThat(fixture.runs.run(upload.run()).orElseThrow().status()).isEqualTo(result);
            assertThat(fixture.work.messages()).isEmpty();
        }

        @Test
        void at_the_same_time_with_other_facts_is_retried_with_the_facts_that_the_first_froze() throws IOException {
            var upload = fixture.upload(LIST, TWO);
            var first = fixture.intakeInterruptedAt("chunks", () -> {
                fixture.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));
                assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(upload))
                        .hasMessage("died");
            });

            assertThatThrownBy(() -> first.take(upload))
                    .hasMessage("run " + upload.run() + " was frozen by another delivery under other facts");
            assertThat(fixture.runs.runs()).isEmpty();

            assertThat(fixture.intake().take(upload)).isInstanceOf(IntakeResult.Sending.class);
            assertComplete(upload, 1);
        }

        @Test
        void of_another_list_does_not_use_the_facts_that_the_first_froze() throws IOException {
            assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(fixture.upload(LIST, TWO)))
                    .isInstanceOf(IllegalStateException.class);
            fixture.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));

            var result = (IntakeResult.Refused) fixture.take("incidents/brud/more.csv", TWO);

            assertThat(result.findings().counts()).containsEntry(FROZEN, 1L);
        }

        @Test
        void at_the_same_time_makes_one_run_with_the_same_chunks() throws Exception {
            var upload = fixture.upload(LIST, people(1_201));
            Callable<IntakeResult> delivery = () -> fixture.intake().take(upload);
            try (var threads = Executors.newFixedThreadPool(2)) {
                for (var result : threads.invokeAll(List.of(delivery, delivery))) result.get();
            }

            assertThat(fixture.runs.runs()).hasSize(1);
            assertComplete(upload, 3);
        }

        private void assertComplete(Upload upload, int chunks) {
            var run = fixture.runs.run(upload.run()).orElseThrow();
            assertThat(run.status()).isEqualTo(RunStatus.SENDING);
            assertThat(run.chunks()).isEqualTo(chunks);
            assertThat(fixture.runs.chunks(upload.run())).hasSize(chunks);
            assertThat(fixture.work.messages())
                    .containsAll(IntStream.range(0, chunks)
                            .mapToObj(chunk -> WorkMessage.first(upload.run(), chunk))
                            .toList());
            assertThat(fixture.chunks.of(upload.run()).stream()
                            .flatMap(chunk -> chunk.rows().stream())
                            .map(ChunkRow::row))
                    .containsExactlyElementsOf(IntStream.range(0, (int) run.rows())
                            .mapToObj(i -> i + 2L)
                            .toList());
            for (var record : fixture.runs.chunks(upload.run()))
                assertThat(fixture.chunks.get(upload.run(), record.number(), record.sha256()))
                        .isPresent();
        }
    }

    @Nested
    class A_draft {
        @Test
        void is_checked_completely_and_sends_nothing() throws IOException {
            fixture.incidents.with("brud", facts("draft"));
            var upload = fixture.upload(LIST, "email,name\nanna@x.example,Anna\nno address,Bo\n");
            var result = fixture.intake().take(upload);

            assertThat(result).isInstanceOf(IntakeResult.Draft.class);
            var draft = (IntakeResult.Draft) result;
            assertThat(draft.run().status()).isEqualTo(RunStatus.DRAFT);
            assertThat(draft.run().rows()).isEqualTo(2);
            assertThat(draft.forecast().letters()).isEqualTo(1);
            assertThat(problems(draft.run())).contains("\nBAD_ADDRESS,3,");
            assertThat(fixture.chunks.puts()).isZero();
            assertThat(fixture.work.messages()).isEmpty();
            assertThat(fixture.incidents.frozen(new NoticeId("brud", "main"))).isEmpty();
        }

        @Test
        void reports_every_reason_for_which_a_list_would_be_refused() throws IOException {
            fixture.incidents.with(
                    "brud",
                    parse(json("draft").replace("\"consequences\": [\"Du kan få opkald fra svindlere.\"],", "")));
            var result = fixture.take(LIST, "email,name\nanna@x.example,Anna\nno address,Bo\n");

            assertThat(result).isInstanceOf(IntakeResult.Draft.class);
            var draft = (IntakeResult.Draft) result;
            assertThat(draft.run().status()).isEqualTo(RunStatus.DRAFT);
            assertThat(draft.findings().refuse()).isTrue();
            assertThat(problems(draft.run()))
                    .contains("\nINCOMPLETE,0,consequences,")
                    .contains("\nBAD_ADDRESS,3,");
            assertThat(fixture.work.messages()).isEmpty();
        }

        @Test
        void is_the_default_status() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replace("\"status\": \"approved\",", "")));

            assertThat(fixture.take(LIST, TWO)).isInstanceOf(IntakeResult.Draft.class);
        }
    }

    @Nested
    class A_list_is_refused {
        @Test
        void without_facts() throws IOException {
            var run = refusal(fixture.take("incidents/unknown/list.csv", TWO), UNKNOWN_INCIDENT);

            assertThat(run.incident()).isEqualTo("unknown");
            assertThat(problems(run)).contains("There are no facts yet for this incident or this notice.");
        }

        @Test
        void for_a_notice_without_its_own_facts() throws IOException {
            refusal(fixture.take("incidents/brud/skole-4/list.csv", TWO), UNKNOWN_INCIDENT);
        }

        @Test
        void when_its_notice_is_closed() throws IOException {
            fixture.incidents.with("brud", facts("closed"));
            var run = refusal(fixture.take(LIST, TWO), CLOSED);

            assertThat(problems(run)).contains("afsluttet");
        }

        @Test
        void when_its_facts_are_incomplete_with_everything_that_is_missing() throws IOException {
            fixture.incidents.with("brud", parse("""
                    {"title": "Brud", "language": "da", "status": "approved", "sender": {"from": "post@skole.example"}}"""));
            var run = refusal(fixture.take(LIST, TWO), INCOMPLETE);

            assertThat(run.findings().get(INCOMPLETE)).isGreaterThan(3);
            assertThat(run.rows()).isEqualTo(2);
        }

        @Test
        void when_its_letter_does_not_exist() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"letter\": \"own\",")));
            var run = refusal(fixture.take(LIST, TWO), NO_LETTER);

            assertThat(problems(run)).contains("letters/own/da.hbs");
        }

        @Test
        void when_its_letter_is_invalid() throws IOException {
            fixture.letters.put("breach-notice", "da", "Subject: x\n\n{{{recipient.name}}}\n");

            refusal(fixture.take(LIST, TWO), BAD_LETTER);
        }

        @Test
        void when_its_letter_lacks_content_that_article_34_requires() throws IOException {
            fixture.letters.put(
                    "breach-notice",
                    "da",
                    "Subject: Brud\nCovers: nature, data, consequences, controller, contact\n\nHej\n");
            var run = refusal(fixture.take(LIST, TWO), NOT_IN_LETTER);

            assertThat(run.findings()).containsEntry(NOT_IN_LETTER, 1L);
        }

        @Test
        void when_this_deployment_may_not_send_from_its_sender() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replace("<post@skole", "<brev@skole")));
            var run = refusal(fixture.take(LIST, TWO), SENDER_NOT_VERIFIED);

            assertThat(problems(run))
                    .contains(
                            "\nSENDER_NOT_VERIFIED,0,sender.from,\"Denne installation må ikke sende fra afsenderens adresse.");
        }

        @Test
        void when_ses_has_not_verified_its_sender() throws IOException {
            fixture.accounts.forget(IntakeFixture.SENDER);
            var run = refusal(fixture.take(LIST, TWO), SENDER_NOT_VERIFIED);

            assertThat(problems(run)).contains("\nSENDER_NOT_VERIFIED,0,sender.from,");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', textBlock = """
                recipient_id | 3   | recipient_id
                about        | Ida | email, name, about
                """)
        void when_another_identity_scheme_would_send_second_letters(String column, String value, String scheme)
                throws IOException {
            fixture.take(LIST, TWO);
            var result = (IntakeResult.Refused) fixture.take(
                    "incidents/brud/more.csv", "email,name," + column + "\ncarl@x.example,Carl," + value + "\n");

            assertThat(result.findings().listed())
                    .filteredOn(finding -> finding.severity() == Severity.REFUSES)
                    .containsExactly(Finding.of(IDENTITY_CHANGED, "more.csv", "email, name", scheme));
            assertThat(result.run().status()).isEqualTo(RunStatus.REFUSED);
            assertThat(fixture.work.messages()).hasSize(1);
        }

        @Test
        void when_its_facts_differ_from_the_frozen_ones() throws IOException {
            fixture.take(LIST, TWO);
            fixture.incidents.with("brud", parse(json("approved").replace("Skolen", "Gymnasiet")));
            var result = (IntakeResult.Refused) fixture.take("incidents/brud/more.csv", TWO);

            assertThat(result.findings().counts()).containsEntry(FROZEN, 1L);
            assertThat(fixture.work.messages()).hasSize(1);
            assertThat(fixture.chunks.of(result.run().id())).isEmpty();
        }

        @Test
        void but_not_when_only_sending_options_have_changed() throws IOException {
            fixture.take(LIST, TWO);
            fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"max_per_hour\": 60,")));

            assertThat(fixture.take("incidents/brud/more.csv", TWO)).isInstanceOf(IntakeResult.Sending.class);
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
            fixture.incidents.with(
                    "brud", parse(json("approved").replace("[{\"items\": [\"navn\", \"adresse\"]}]", """
                                [{"items": ["navn"]}, {"items": ["adresse"], "applies_to": {"kind": "a"}}],
                                "sections": [{"heading": "Rykker", "paragraphs": ["x"], "only_if": {"reminder": "yes"}}]
                                """)));
            for (var locale : List.of("da", "en")) fixture.letters.put("breach-notice", locale, """
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

            if (one.equals(other)) assertThat(fixture.take(LIST, list)).isInstanceOf(IntakeResult.Sending.class);
            else refusal(fixture.take(LIST, list), DIFFERENT_ROWS);
        }

        @Test
        void when_it_would_take_longer_than_its_data_are_kept() throws IOException {
            fixture.accounts.set(new Account(1, 1, 0, true, true));
            var run = refusal(fixture.take(LIST, people(20)), TOO_SLOW);

            assertThat(problems(run)).contains("TOO_SLOW,0,,");
        }

        @Test
        void without_rows_for_that_reason_only() throws IOException {
            fixture.incidents.with("brud", parse(json("approved").replaceFirst("\\{", "{\"affected_count\": 3,")));
            var run = refusal(fixture.take(LIST, "email,name\n"), FindingCode.NO_ROWS);

            assertThat(run.findings()).isEqualTo(Map.of(FindingCode.NO_ROWS, 1L));
        }

        @Test
        void with_every_code_counted_and_without_chunks() throws IOException {
            var run = refusal(fixture.take(LIST, people(600) + "\"open,Carl\n"), FindingCode.UNCLOSED_QUOTE);

            assertThat(run.chunks()).isZero();
            assertThat(run.factsSha256()).isEmpty();
        }
    }

    @Nested
    class An_upload_that_is_not_a_list {
        @ParameterizedTest
        @ValueSource(strings = {"resend", "close", "posted"})
        void gets_a_refusal_when_it_is_a_decision_and_nothing_was_sent_yet(String action) throws IOException {
            var run = refusal(fixture.take("incidents/brud/main/" + action + "/list.csv", TWO), NOTHING_SENT);

            assertThat(problems(run)).contains("Der er endnu ikke sendt breve i denne underretning");
        }

        @ParameterizedTest
        @ValueSource(strings = {"incidents/brud/../list.csv", "incidents/brud/%2e%2e/list.csv", "incidents/brud/a.txt"})
        void gets_a_refusal_when_its_key_is_bad(String key) throws IOException {
            assertThat(refusal(fixture.take(key, TWO), BAD_KEY).incident()).isEqualTo("brud");
        }

        @Test
        void gets_a_refusal_when_its_key_names_no_incident() throws IOException {
            assertThat(refusal(fixture.take("list.csv", TWO), BAD_KEY).incident())
                    .isEmpty();
        }

        @Test
        void gets_a_refusal_that_names_the_file_without_its_folders() throws IOException {
            var refused = (IntakeResult.Refused) fixture.take("incidents/brud/skole-3/people.txt", TWO);

            assertThat(refused.findings().listed()).containsExactly(Finding.of(BAD_KEY, "people.txt"));
        }

        @Test
        void is_ignored_when_it_is_a_folder_marker() throws IOException {
            assertThat(fixture.take("incidents/brud/", ""))
                    .isEqualTo(new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.FOLDER));
            assertThat(fixture.runs.runs()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    LIST,
                    "incidents/brud/incident.json",
                    "incidents/brud/skole-3/notice.json",
                    "letters/own/da.hbs"
                })
        void is_ignored_when_it_is_deleted(String key) throws IOException {
            var upload = fixture.upload(key, TWO);
            fixture.lists.delete(BUCKET, key);

            assertThat(fixture.intake().take(upload))
                    .isEqualTo(new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE));
        }

        @Test
        void is_checked_when_it_is_a_letter() throws IOException {
            assertThat(fixture.take("letters/own/da.hbs", "Subject: x\n\n{{{recipient.name}}}\n"))
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
            var upload = fixture.upload(FACTS, json("draft").replace("Skolen", "Gymnasiet"));
            assertThat(fixture.intake().take(upload))
                    .isInstanceOfSatisfying(
                            IntakeResult.FactsTaken.class,
                            taken -> assertThat(taken.newest()).isTrue());

            var stored = fixture.incidents.incident("brud").orElseThrow();
            assertThat(stored.facts().get("controller").toString()).contains("Gymnasiet");
            assertThat(stored.source().orElseThrow().principal()).isEqualTo("AIDAEXAMPLE");
            assertThat(stored.source().orElseThrow().sequencer()).isEqualTo(upload.sequencer());
        }

        @Test
        void of_an_older_upload_never_replace_newer_ones() throws IOException {
            var older = fixture.upload(FACTS, json("approved"));
            var newer = fixture.upload(FACTS, json("closed"));
            fixture.intake().take(newer);

            assertThat(((IntakeResult.FactsTaken) fixture.intake().take(older)).newest())
                    .isFalse();
            assertThat(fixture.incidents.incident("brud").orElseThrow().facts()).containsEntry("status", "closed");
        }

        @Test
        void that_do_not_parse_are_refused_with_line_and_column() throws IOException {
            var run = refusal(fixture.take(FACTS, "{\"title\": \"Brud\",\n \"status\": }"), BAD_FACTS);

            assertThat(problems(run)).contains("BAD_FACTS,2,");
        }

        @Test
        void of_the_wrong_type_are_refused_with_the_path_and_not_stored() throws IOException {
            var run = refusal(fixture.take(FACTS, json("approved").replace("2026-02-20", "20. februar")), BAD_FACTS);

            assertThat(problems(run)).contains("BAD_FACTS,0,discovered_at,");
            assertThat(fixture.incidents.incident("brud").orElseThrow().source())
                    .isEmpty();
        }

        @Test
        void that_are_incomplete_are_stored() throws IOException {
            var result = (IntakeResult.FactsTaken) fixture.take(FACTS, "{\"title\": \"Brud\"}");

            assertThat(result.newest()).isTrue();
            assertThat(result.findings()).extracting(finding -> finding.code()).contains(INCOMPLETE);
        }

        @Test
        void of_a_notice_are_stored_beside_the_incidents() throws IOException {
            fixture.take("incidents/brud/skole-3/notice.json", "{\"controller\": {\"name\": \"Skole 3\"}}");

            assertThat(fixture.incidents
                            .notice(new NoticeId("brud", "skole-3"))
                            .orElseThrow()
                            .facts())
                    .containsOnlyKeys("controller");
        }

        @Test
        void of_a_notice_are_checked_together_with_the_incidents() throws IOException {
            var result = (IntakeResult.FactsTaken)
                    fixture.take("incidents/brud/skole-3/notice.json", "{\"consequences\": null}");

            assertThat(result.findings())
                    .containsExactly(Finding.at(INCOMPLETE, "notice.json", 0, "consequences", "consequences"));
        }

        @Test
        void of_a_notice_of_the_wrong_type_are_refused_and_not_stored() throws IOException {
            var run = refusal(
                    fixture.take("incidents/brud/skole-3/notice.json", "{\"discovered_at\": \"20. februar\"}"),
                    BAD_FACTS);

            assertThat(run.notice()).isEqualTo("skole-3");
            assertThat(fixture.incidents.notice(new NoticeId("brud", "skole-3")))
                    .isEmpty();
        }

        @Test
        void in_the_bucket_are_taken_in_by_a_list_whose_event_came_first() throws IOException {
            fixture.upload(FACTS, json("closed"));

            refusal(fixture.take(LIST, TWO), CLOSED);
            assertThat(fixture.incidents.incident("brud").orElseThrow().facts()).containsEntry("status", "closed");
        }

        @Test
        void in_the_bucket_that_are_older_than_the_stored_ones_are_ignored() throws IOException {
            var upload = fixture.upload(FACTS, json("closed"));
            fixture.intake().take(upload);
            fixture.incidents.correct("brud", facts("approved"));

            assertThat(fixture.take(LIST, TWO)).isInstanceOf(IntakeResult.Sending.class);
        }

        @Test
        void in_the_bucket_are_used_when_the_stored_ones_are_older_by_another_clock() throws IOException {
            fixture.intake().take(fixture.upload(FACTS, json("approved")));
            fixture.upload(FACTS, json("closed"));

            refusal(fixture.take(LIST, TWO), CLOSED);
        }

        @Test
        void that_arrive_while_the_bucket_is_read_are_used() throws IOException {
            fixture.upload(FACTS, json("approved"));
            var interrupted = fixture.intakeInterruptedAtStore(() ->
                    assertThatCode(() -> fixture.take(FACTS, json("closed"))).doesNotThrowAnyException());

            refusal(interrupted.take(fixture.upload(LIST, TWO)), CLOSED);
            assertThat(fixture.incidents.incident("brud").orElseThrow().facts()).containsEntry("status", "closed");
        }

        @Test
        void in_the_bucket_get_their_principal_when_their_event_arrives_after_the_list() throws IOException {
            var upload = fixture.upload(FACTS, json("approved"));
            fixture.take(LIST, TWO);
            assertThat(fixture.incidents.incident("brud").orElseThrow().source())
                    .contains(new FactsSource(upload.version(), "", "", NOW));

            assertThat(((IntakeResult.FactsTaken) fixture.intake().take(upload)).newest())
                    .isTrue();
            assertThat(fixture.incidents.incident("brud").orElseThrow().source())
                    .contains(new FactsSource(upload.version(), upload.sequencer(), "AIDAEXAMPLE", upload.at()));
        }

        @Test
        void of_a_notice_remove_a_fact_of_the_incident_by_null() throws IOException {
            fixture.take("incidents/brud/skole-3/notice.json", "{\"verify\": null, \"controller\": {\"phone\": null}}");
            var result = fixture.take("incidents/brud/skole-3/list.csv", TWO);

            assertThat(result).isInstanceOf(IntakeResult.Sending.class);
            var frozen = fixture.incidents
                    .frozen(new NoticeId("brud", "skole-3"))
                    .orElseThrow()
                    .facts();
            assertThat(frozen).doesNotContainKey("verify");
            assertThat(frozen.get("controller")).isEqualTo(Map.of("name", "Skolen", "email", "post@skole.example"));
        }

        @Test
        void in_the_bucket_that_do_not_parse_refuse_the_list() throws IOException {
            fixture.upload(FACTS, "{");

            refusal(fixture.take(LIST, TWO), BAD_FACTS);
        }
    }
}

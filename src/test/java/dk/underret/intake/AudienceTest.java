package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.NOW;
import static dk.underret.intake.IntakeFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.Finding;
import dk.underret.incident.FindingCode;
import dk.underret.incident.Language;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendStatus;
import dk.underret.run.ChunkRow;
import dk.underret.testing.SendRecords;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceTest {
    private static final String FIRST = "incidents/brud/list.csv";
    private static final String SECOND = "incidents/brud/follow-up/list.csv";
    private static final String TWO = "email,name\nanna@x.example,Anna\nbo@x.example,Bo\n";
    private static final NoticeId MAIN = new NoticeId("brud", "main");
    private static final NoticeId FOLLOW_UP = new NoticeId("brud", "follow-up");

    private final IntakeFixture world = new IntakeFixture();

    private List<ChunkRow> rows(String key, String list) throws IOException {
        var arrival = world.upload(key, list);
        assertThat(world.intake().take(arrival)).isInstanceOf(IntakeResult.Sending.class);
        return world.chunks.of(arrival.run()).stream()
                .flatMap(chunk -> chunk.rows().stream())
                .toList();
    }

    private void follows(String field, String notice) {
        world.incidents.with(FOLLOW_UP, Map.of(field, notice));
    }

    /** Anna's record under the first notice; Bo has none. */
    private void anna(SendStatus status) throws IOException {
        var sent = (ChunkRow.Send) rows(FIRST, TWO).getFirst();
        world.ledger.put(
                SendRecords.of(new SendKey(MAIN, sent.recipient()), status, "token", new Origin("run", 2), NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED,true,false",
        "DELIVERED,true,false",
        "COMPLAINED,true,false",
        "POSTED,true,false",
        "SENDING,true,true",
        "UNKNOWN,true,true",
        "HELD,true,true",
        "WAITING,false,true",
        "FAILED,false,true",
        "BOUNCED,false,true",
        "SUPPRESSED,false,true",
        "REJECTED,false,true",
        "INVALID,false,true",
        "CLOSED,false,true"
    })
    void is_told_by_the_earlier_notices_ledger(SendStatus status, boolean toldBy, boolean notToldBy)
            throws IOException {
        anna(status);

        follows("told_by", "main");
        assertThat(rows(SECOND, TWO).getFirst() instanceof ChunkRow.Send).isEqualTo(toldBy);

        world.incidents.with(new NoticeId("brud", "third"), Map.of("not_told_by", "main"));
        assertThat(rows("incidents/brud/third/list.csv", TWO).getFirst() instanceof ChunkRow.Send)
                .isEqualTo(notToldBy);
    }

    @Test
    void leaves_out_whom_the_earlier_notice_has_no_record_of() throws IOException {
        anna(SendStatus.DELIVERED);
        follows("told_by", "main");
        assertThat(rows(SECOND, TWO).get(1)).isEqualTo(new ChunkRow.Skipped(3, "NOT_IN_AUDIENCE"));
    }

    @Test
    void keeps_the_other_reasons_of_rows() throws IOException {
        anna(SendStatus.DELIVERED);
        follows("not_told_by", "main");
        var rows = rows(SECOND, "email,name,do_not_write\nanna@x.example,Anna,\nbo@x.example,Bo,flyttet\nno,Per,\n");
        assertThat(rows.subList(0, 2))
                .containsExactly(new ChunkRow.Skipped(2, "NOT_IN_AUDIENCE"), new ChunkRow.Skipped(3, "DO_NOT_WRITE"));
        assertThat(rows.get(2)).isInstanceOf(ChunkRow.Invalid.class);
    }

    @Test
    void is_counted_in_the_draft_and_left_out_of_the_forecast() throws IOException {
        anna(SendStatus.DELIVERED);
        world.incidents.with(FOLLOW_UP, Map.of("told_by", "main", "status", "draft"));
        var draft = (IntakeResult.Draft) world.take(SECOND, TWO);
        assertThat(draft.forecast().letters()).isEqualTo(1);
        assertThat(world.previews
                        .files()
                        .get(Previews.key(FOLLOW_UP, draft.run().id())))
                .contains("Sprunget over: uden for underretningens målgruppe</th><td>1</td>", "Kære Anna")
                .doesNotContain("Kære Bo");
    }

    @Test
    void stands_as_it_was_planned_where_intake_died_before_its_run_was_recorded() throws IOException {
        anna(SendStatus.DELIVERED);
        follows("told_by", "main");
        var arrival = world.upload(SECOND, TWO);
        assertThatThrownBy(() -> world.intakeThatDiesAt("create").take(arrival))
                .isInstanceOf(IllegalStateException.class);
        anna(SendStatus.BOUNCED);

        world.intake().take(arrival);

        for (var record : world.runs.chunks(arrival.run()))
            assertThat(world.chunks
                            .get(arrival.run(), record.number(), record.sha256())
                            .orElseThrow()
                            .rows())
                    .hasOnlyElementsOfTypes(ChunkRow.Send.class, ChunkRow.Skipped.class);
    }

    @Test
    void is_everybody_where_none_is_named() throws IOException {
        anna(SendStatus.DELIVERED);
        world.incidents.with(FOLLOW_UP, Map.of("title", "Mere om bruddet på persondatasikkerheden"));
        assertThat(rows(SECOND, TWO)).hasOnlyElementsOfType(ChunkRow.Send.class);
    }

    @Nested
    class The_list_is_refused {
        @ParameterizedTest
        @CsvSource({"told_by,unsent", "not_told_by,unsent", "told_by,follow-up", "told_by,Ikke et navn"})
        void when_the_earlier_notice_has_sent_nothing(String field, String notice) throws IOException {
            follows(field, notice);
            var refused = (IntakeResult.Refused) world.take(SECOND, TWO);
            assertThat(refused.findings().listed())
                    .contains(Finding.at(FindingCode.NO_EARLIER_NOTICE, "notice.json", 0, field, notice));
            assertThat(world.work.messages()).isEmpty();
        }

        @Test
        void when_people_cannot_be_found_again() throws IOException {
            rows(FIRST, TWO);
            follows("told_by", "main");
            var refused = (IntakeResult.Refused) world.take(SECOND, "email,name,recipient_id\nanna@x.example,Anna,1\n");
            assertThat(refused.findings().listed())
                    .filteredOn(finding -> finding.code() == FindingCode.IDENTITY_CHANGED)
                    .extracting(finding -> finding.message(Language.ENGLISH))
                    .containsExactly("The earlier notice distinguished people by email, name; this list uses"
                            + " recipient_id, so people cannot be matched. Use the same columns as in the"
                            + " earlier list.");
        }
    }

    @Test
    void of_two_controllers_does_not_keep_one_from_telling_the_others_parents() throws IOException {
        var facts = facts("approved");
        world.incidents.with(new NoticeId("brud", "skole-a"), facts).with(new NoticeId("brud", "skole-b"), facts);
        assertThat(rows("incidents/brud/skole-a/list.csv", TWO)).hasOnlyElementsOfType(ChunkRow.Send.class);
        assertThat(rows("incidents/brud/skole-b/list.csv", TWO)).hasOnlyElementsOfType(ChunkRow.Send.class);
    }
}

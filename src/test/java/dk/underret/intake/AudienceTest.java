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

    private final IntakeFixture fixture = new IntakeFixture();

    private List<ChunkRow> rows(String key, String list) throws IOException {
        var upload = fixture.upload(key, list);
        assertThat(fixture.intake().take(upload)).isInstanceOf(IntakeResult.Sending.class);
        return fixture.chunks.of(upload.run()).stream()
                .flatMap(chunk -> chunk.rows().stream())
                .toList();
    }

    private void addFollowUp(String field, String notice) {
        fixture.incidents.with(FOLLOW_UP, Map.of(field, notice));
    }

    /** Records Anna's letter of the first notice. Bo has no record. */
    private void recordAnna(SendStatus status) throws IOException {
        var sent = (ChunkRow.Send) rows(FIRST, TWO).getFirst();
        fixture.ledger.put(
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
    void follows_from_the_status_of_the_earlier_notices_record(SendStatus status, boolean toldBy, boolean notToldBy)
            throws IOException {
        recordAnna(status);

        addFollowUp("told_by", "main");
        assertThat(rows(SECOND, TWO).getFirst() instanceof ChunkRow.Send).isEqualTo(toldBy);

        fixture.incidents.with(new NoticeId("brud", "third"), Map.of("not_told_by", "main"));
        assertThat(rows("incidents/brud/third/list.csv", TWO).getFirst() instanceof ChunkRow.Send)
                .isEqualTo(notToldBy);
    }

    @Test
    void of_told_by_excludes_people_without_a_record_of_the_earlier_notice() throws IOException {
        recordAnna(SendStatus.DELIVERED);
        addFollowUp("told_by", "main");
        assertThat(rows(SECOND, TWO).get(1)).isEqualTo(new ChunkRow.Skipped(3, "NOT_IN_AUDIENCE"));
    }

    @Test
    void keeps_the_other_reasons_of_rows() throws IOException {
        recordAnna(SendStatus.DELIVERED);
        addFollowUp("not_told_by", "main");
        var rows = rows(SECOND, "email,name,do_not_write\nanna@x.example,Anna,\nbo@x.example,Bo,flyttet\nno,Per,\n");
        assertThat(rows.subList(0, 2))
                .containsExactly(new ChunkRow.Skipped(2, "NOT_IN_AUDIENCE"), new ChunkRow.Skipped(3, "DO_NOT_WRITE"));
        assertThat(rows.get(2)).isInstanceOf(ChunkRow.Invalid.class);
    }

    @Test
    void keeps_the_rows_of_a_list_without_a_row_to_send() throws IOException {
        recordAnna(SendStatus.DELIVERED);
        addFollowUp("told_by", "main");
        assertThat(rows(SECOND, "email,name,do_not_write\nbo@x.example,Bo,flyttet\nno,Per,\n"))
                .extracting(ChunkRow::row)
                .containsExactly(2L, 3L);
    }

    @Test
    void is_counted_in_the_draft_and_left_out_of_the_forecast() throws IOException {
        recordAnna(SendStatus.DELIVERED);
        fixture.incidents.with(FOLLOW_UP, Map.of("told_by", "main", "status", "draft"));
        var draft = (IntakeResult.Draft) fixture.take(SECOND, TWO);
        assertThat(draft.forecast().letters()).isEqualTo(1);
        assertThat(fixture.previews
                        .files()
                        .get(Previews.key(FOLLOW_UP, draft.run().id())))
                .contains("Sprunget over: uden for underretningens målgruppe</th><td>1</td>", "Kære Anna")
                .doesNotContain("Kære Bo");
    }

    @Test
    void stays_as_planned_when_intake_crashed_before_it_recorded_the_run() throws IOException {
        recordAnna(SendStatus.DELIVERED);
        addFollowUp("told_by", "main");
        var upload = fixture.upload(SECOND, TWO);
        assertThatThrownBy(() -> fixture.intakeThatCrashesAt("create").take(upload))
                .isInstanceOf(IllegalStateException.class);
        recordAnna(SendStatus.BOUNCED);

        fixture.intake().take(upload);

        for (var record : fixture.runs.chunks(upload.run()))
            assertThat(fixture.chunks
                            .get(upload.run(), record.number(), record.sha256())
                            .orElseThrow()
                            .rows())
                    .hasOnlyElementsOfTypes(ChunkRow.Send.class, ChunkRow.Skipped.class);
    }

    @Test
    void is_everybody_without_an_earlier_notice() throws IOException {
        recordAnna(SendStatus.DELIVERED);
        fixture.incidents.with(FOLLOW_UP, Map.of("title", "Mere om bruddet på persondatasikkerheden"));
        assertThat(rows(SECOND, TWO)).hasOnlyElementsOfType(ChunkRow.Send.class);
    }

    @Nested
    class The_list_is_refused {
        @ParameterizedTest
        @CsvSource({"told_by,unsent", "not_told_by,unsent", "told_by,follow-up", "told_by,Ikke et navn"})
        void when_the_earlier_notice_has_sent_nothing(String field, String notice) throws IOException {
            addFollowUp(field, notice);
            var refused = (IntakeResult.Refused) fixture.take(SECOND, TWO);
            assertThat(refused.findings().listed())
                    .contains(Finding.at(FindingCode.NO_EARLIER_NOTICE, "notice.json", 0, field, notice));
            assertThat(fixture.work.messages()).isEmpty();
        }

        @Test
        void when_people_cannot_be_found_again() throws IOException {
            rows(FIRST, TWO);
            addFollowUp("told_by", "main");
            var refused =
                    (IntakeResult.Refused) fixture.take(SECOND, "email,name,recipient_id\nanna@x.example,Anna,1\n");
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
        fixture.incidents.with(new NoticeId("brud", "skole-a"), facts).with(new NoticeId("brud", "skole-b"), facts);
        assertThat(rows("incidents/brud/skole-a/list.csv", TWO)).hasOnlyElementsOfType(ChunkRow.Send.class);
        assertThat(rows("incidents/brud/skole-b/list.csv", TWO)).hasOnlyElementsOfType(ChunkRow.Send.class);
    }
}

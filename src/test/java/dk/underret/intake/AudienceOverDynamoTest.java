package dk.underret.intake;

import static dk.underret.intake.IntakeFixture.NOW;
import static dk.underret.intake.IntakeFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.aws.DynamoIncidents;
import dk.underret.aws.DynamoLedger;
import dk.underret.aws.DynamoRuns;
import dk.underret.incident.FactsSource;
import dk.underret.incident.Incidents;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Origin;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.run.Accounts.Account;
import dk.underret.run.ChunkRow;
import dk.underret.run.Runs;
import dk.underret.testing.LocalDynamo;
import dk.underret.testing.SendRecords;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a follow-up notice's audience ({@code told_by}, {@code not_told_by}) with DynamoDB. */
@ExtendWith(LocalDynamo.class)
class AudienceOverDynamoTest {
    private static final NoticeId MAIN = new NoticeId("brud", "main");

    /** More people than the hundred keys of one read. */
    private static final int PEOPLE = 130;

    private final IntakeFixture fixture = new IntakeFixture();
    private Incidents incidents;
    private Runs runs;
    private Ledger ledger;

    @BeforeEach
    void create_tables(LocalDynamo.Server server) {
        var tables = server.tables();
        incidents = new DynamoIncidents(server.client(), tables.incidents());
        runs = new DynamoRuns(server.client(), tables.runs());
        ledger = new DynamoLedger(server.client(), tables.sends(), tables.incidents());
        store(Optional.empty(), facts("approved"));
    }

    private void store(Optional<String> notice, Map<String, Object> facts) {
        incidents.store("brud", notice, facts, new FactsSource("v-" + notice.orElse(""), "0A", "AIDA", NOW));
    }

    private List<ChunkRow> rows(String folder) throws IOException {
        var list = new StringBuilder("email,name\n");
        for (int i = 0; i < PEOPLE; i++) list.append("p%d@x.example,Person %d\n".formatted(i, i));
        var upload = fixture.upload("incidents/brud/" + folder + "list.csv", list.toString());
        assertThat(fixture.intake(incidents, runs, ledger).take(upload)).isInstanceOf(IntakeResult.Sending.class);
        return fixture.chunks.of(upload.run()).stream()
                .flatMap(chunk -> chunk.rows().stream())
                .toList();
    }

    /** Records every second letter as accepted by SES. */
    private void acceptEverySecond(List<ChunkRow> rows) {
        for (int i = 0; i < rows.size(); i += 2) {
            var key = new SendKey(MAIN, ((ChunkRow.Send) rows.get(i)).recipient());
            var claim = SendRecords.of(key, SendStatus.SENDING, "token", new Origin("run", i + 2), NOW);
            ledger.claim(claim, Optional.empty());
            ledger.settle(key, "token", Trigger.ACCEPT, NOW, Optional.of("m" + i), Optional.empty());
        }
    }

    private static List<Long> sent(List<ChunkRow> rows) {
        return rows.stream()
                .filter(ChunkRow.Send.class::isInstance)
                .map(ChunkRow::row)
                .toList();
    }

    private static List<Long> everySecond(long first) {
        return Stream.iterate(first, row -> row < PEOPLE + 2, row -> row + 2).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void is_found_in_the_send_records_of_the_earlier_notice(int spread) throws IOException {
        fixture.accounts.set(new Account(spread == 1 ? 14 : 500, 1_000_000, 0, true, true));
        acceptEverySecond(rows(""));
        store(Optional.of("follow-up"), new HashMap<>(Map.of("told_by", "main")));
        store(Optional.of("reminder"), new HashMap<>(Map.of("not_told_by", "main")));

        assertThat(sent(rows("follow-up/"))).isEqualTo(everySecond(2));
        assertThat(sent(rows("reminder/"))).isEqualTo(everySecond(3));
    }
}

package dk.underret.sweep;

import static dk.underret.dispatch.DispatchFixture.NOTICE;
import static dk.underret.dispatch.DispatchFixture.RUN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.dispatch.DispatchFixture;
import dk.underret.ledger.Decision;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.recipient.LetterNeeds;
import dk.underret.recipient.ListRules;
import dk.underret.recipient.RecipientList;
import dk.underret.run.RunStatus;
import dk.underret.testing.SenderLoop;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The list of unreached recipients that the Sweep writes. */
class UnreachedListWriterTest {
    private static final String LIST = "E-mail;Navn;Adresse\n"
            + "person2@post.example;Åse Prøve;Nygade 1\n"
            + "person3@post.example;Person 3;\"Nygade 3; st. tv.\"\n"
            + "person4@post.example;Person 4;Nygade 4\n";

    private final SenderLoop loop = new SenderLoop();
    private final DispatchFixture fixture = loop.fixture;

    private String list() {
        return fixture.unreached.files().getOrDefault(UnreachedLists.key(NOTICE, RUN), "");
    }

    private void uploaded() {
        fixture.lists.put("uploads", "incidents/break-in/list.csv", LIST.getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "HELD, afventer jeres beslutning",
        "FAILED, ikke sendt: Amazon SES afviste modtageren",
        "BOUNCED, kom retur",
        "SUPPRESSED, ikke sendt: spærret adresse",
        "REJECTED, ikke sendt: Amazon SES afviste brevet",
        "INVALID, kan ikke sendes: fejl i rækken"
    })
    void has_the_row_of_the_uploaded_list_and_its_status(SendStatus status, String word) {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, status, RUN, Duration.ZERO);

        loop.sweepOnce();

        assertThat(list())
                .isEqualTo("\ufeffrun;row;status;code;since;email;name;address_1\n"
                        + RUN + ";3;" + word + ";;" + fixture.time.now()
                        + ";person3@post.example;Person 3;\"Nygade 3; st. tv.\"\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = SendStatus.class,
            names = {"HELD", "FAILED", "BOUNCED", "SUPPRESSED", "REJECTED", "INVALID"},
            mode = EnumSource.Mode.EXCLUDE)
    void has_no_row_that_was_reached_or_is_still_open(SendStatus status) {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, status, RUN, Duration.ZERO);

        loop.sweepOnce();

        assertThat(fixture.unreached.files()).isEmpty();
    }

    @Test
    void has_only_rows_of_its_own_run_in_the_lists_order() {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(4, SendStatus.BOUNCED, RUN, Duration.ZERO);
        fixture.recorded(2, SendStatus.FAILED, RUN, Duration.ofHours(1));
        fixture.recorded(3, SendStatus.FAILED, DispatchFixture.OTHER_RUN, Duration.ZERO);

        loop.sweepOnce();

        assertThat(list().lines().map(line -> line.split(";")[1])).containsExactly("row", "2", "4");
    }

    @Test
    void can_be_read_as_a_list_of_the_same_people() throws IOException {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(2, SendStatus.BOUNCED, RUN, Duration.ZERO);
        loop.sweepOnce();

        var rules = new ListRules(
                "v1", new SecretKeySpec(new byte[] {1}, "HmacSHA256"), 1_000, 10, Set.of(), LetterNeeds.nothing("da"));
        var reread = RecipientList.open(new ByteArrayInputStream(list().getBytes(UTF_8)), "unreached.csv", rules);
        var first = RecipientList.open(new ByteArrayInputStream(LIST.getBytes(UTF_8)), "list.csv", rules);

        assertThat(reread.next().map(Object::getClass)).isEqualTo(first.next().map(Object::getClass));
        assertThat(reread.findings().listed()).isEmpty();
        assertThat(list()).contains("Åse Prøve");
    }

    @Test
    void is_empty_once_a_person_has_decided_about_the_last() {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
        loop.sweepOnce();
        fixture.ledger.end(
                fixture.record(3),
                Trigger.POST,
                new Decision("a-run", "somebody", "", Optional.empty()),
                fixture.time.now());

        fixture.time.pass(Duration.ofMinutes(2));
        loop.sweepOnce();

        assertThat(list().lines()).hasSize(1);
    }

    @Test
    void has_row_numbers_and_no_personal_data_once_the_uploaded_list_has_expired() {
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);

        loop.sweepOnce();

        assertThat(list())
                .isEqualTo("\ufeffrun;row;status;code;since\n" + RUN + ";3;kom retur;;" + fixture.time.now() + "\n");
    }

    @Test
    void is_written_by_the_next_sweep_when_one_fails() {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
        fixture.unreached.fail(true);
        assertThatThrownBy(loop::sweepOnce).isInstanceOf(IllegalStateException.class);
        assertThat(fixture.runs.reconciliation(RUN)).isEmpty();

        fixture.unreached.fail(false);
        loop.sweepOnce();

        assertThat(list()).contains("person3@post.example");
        assertThat(fixture.runs.reconciliation(RUN)).isPresent();
    }

    @Test
    void does_not_stop_sending_when_it_cannot_be_written() {
        uploaded();
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
        fixture.unreached.fail(true);
        fixture.time.pass(Duration.ofHours(1));

        assertThatThrownBy(loop::sweepOnce).isInstanceOf(IllegalStateException.class);

        assertThat(loop.queued()).isEqualTo(1);
    }

    @Test
    void is_separated_by_commas_and_has_english_statuses_when_the_facts_are_in_english() {
        uploaded();
        var facts = new java.util.HashMap<>(
                DispatchFixture.frozen(List.of(DispatchFixture.LETTER)).facts());
        facts.put("language", "en");
        fixture.incidents.with(NOTICE.incident(), facts);
        loop.planned(3, 3, RunStatus.SENDING);
        fixture.recorded(2, SendStatus.BOUNCED, RUN, Duration.ZERO);

        loop.sweepOnce();

        assertThat(list()).startsWith("\ufeffrun,row,status,code,since,email,name,address_1\n" + RUN + ",2,bounced,,");
    }
}

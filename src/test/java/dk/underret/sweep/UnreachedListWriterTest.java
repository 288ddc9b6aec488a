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

/** Who was not reached, as the Sweep lists it for a person. */
class UnreachedListWriterTest {
    private static final String LIST = "E-mail;Navn;Adresse\n"
            + "person2@post.example;Åse Prøve;Nygade 1\n"
            + "person3@post.example;Person 3;\"Nygade 3; st. tv.\"\n"
            + "person4@post.example;Person 4;Nygade 4\n";

    private final SenderLoop office = new SenderLoop();
    private final DispatchFixture desk = office.desk;

    private String list() {
        return desk.unreached.files().getOrDefault(UnreachedLists.key(NOTICE, RUN), "");
    }

    private void uploaded() {
        desk.lists.put("uploads", "incidents/break-in/list.csv", LIST.getBytes(UTF_8));
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
    void has_the_row_as_the_list_has_it_and_what_became_of_it(SendStatus status, String word) {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, status, RUN, Duration.ZERO);

        office.sweepOnce();

        assertThat(list())
                .isEqualTo("\ufeffrun;row;status;code;since;email;name;address_1\n"
                        + RUN + ";3;" + word + ";;" + desk.time.now()
                        + ";person3@post.example;Person 3;\"Nygade 3; st. tv.\"\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = SendStatus.class,
            names = {"HELD", "FAILED", "BOUNCED", "SUPPRESSED", "REJECTED", "INVALID"},
            mode = EnumSource.Mode.EXCLUDE)
    void has_nobody_who_was_reached_or_may_be_yet(SendStatus status) {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, status, RUN, Duration.ZERO);

        office.sweepOnce();

        assertThat(desk.unreached.files()).isEmpty();
    }

    @Test
    void has_those_of_its_own_run_only_in_the_lists_order() {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(4, SendStatus.BOUNCED, RUN, Duration.ZERO);
        desk.recorded(2, SendStatus.FAILED, RUN, Duration.ofHours(1));
        desk.recorded(3, SendStatus.FAILED, DispatchFixture.OTHER_RUN, Duration.ZERO);

        office.sweepOnce();

        assertThat(list().lines().map(line -> line.split(";")[1])).containsExactly("row", "2", "4");
    }

    @Test
    void is_read_again_as_a_list_of_the_same_people() throws IOException {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(2, SendStatus.BOUNCED, RUN, Duration.ZERO);
        office.sweepOnce();

        var rules = new ListRules(
                "v1", new SecretKeySpec(new byte[] {1}, "HmacSHA256"), 1_000, 10, Set.of(), LetterNeeds.nothing("da"));
        var again = RecipientList.open(new ByteArrayInputStream(list().getBytes(UTF_8)), "unreached.csv", rules);
        var first = RecipientList.open(new ByteArrayInputStream(LIST.getBytes(UTF_8)), "list.csv", rules);

        assertThat(again.next().map(Object::getClass)).isEqualTo(first.next().map(Object::getClass));
        assertThat(again.findings().listed()).isEmpty();
        assertThat(list()).contains("Åse Prøve");
    }

    @Test
    void is_empty_once_a_person_has_decided_about_the_last() {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
        office.sweepOnce();
        desk.ledger.end(
                desk.record(3), Trigger.POST, new Decision("a-run", "somebody", "", Optional.empty()), desk.time.now());

        desk.time.pass(Duration.ofMinutes(2));
        office.sweepOnce();

        assertThat(list().lines()).hasSize(1);
    }

    @Test
    void names_rows_and_nobody_once_the_list_itself_has_expired() {
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);

        office.sweepOnce();

        assertThat(list())
                .isEqualTo("\ufeffrun;row;status;code;since\n" + RUN + ";3;kom retur;;" + desk.time.now() + "\n");
    }

    @Test
    void is_written_by_the_next_sweep_where_one_could_not() {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
        desk.unreached.fail(true);
        assertThatThrownBy(office::sweepOnce).isInstanceOf(IllegalStateException.class);
        assertThat(desk.runs.reconciliation(RUN)).isEmpty();

        desk.unreached.fail(false);
        office.sweepOnce();

        assertThat(list()).contains("person3@post.example");
        assertThat(desk.runs.reconciliation(RUN)).isPresent();
    }

    @Test
    void keeps_nothing_from_being_sent_where_it_can_not_be_written() {
        uploaded();
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(3, SendStatus.BOUNCED, RUN, Duration.ZERO);
        desk.unreached.fail(true);
        desk.time.pass(Duration.ofHours(1));

        assertThatThrownBy(office::sweepOnce).isInstanceOf(IllegalStateException.class);

        assertThat(office.queued()).isEqualTo(1);
    }

    @Test
    void is_parted_by_commas_and_says_the_status_in_english_where_the_facts_are_in_english() {
        uploaded();
        var facts = new java.util.HashMap<>(
                DispatchFixture.frozen(List.of(DispatchFixture.LETTER)).facts());
        facts.put("language", "en");
        desk.incidents.with(NOTICE.incident(), facts);
        office.planned(3, 3, RunStatus.SENDING);
        desk.recorded(2, SendStatus.BOUNCED, RUN, Duration.ZERO);

        office.sweepOnce();

        assertThat(list()).startsWith("\ufeffrun,row,status,code,since,email,name,address_1\n" + RUN + ",2,bounced,,");
    }
}

package dk.underret.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dk.underret.run.ChunkRow;
import dk.underret.run.Run;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests a list that is overwritten before or while it is read. Each event is about one version. */
class ListVersionsTest {
    private static final String LIST = "incidents/brud/list.csv";

    private final IntakeFixture fixture = new IntakeFixture();
    private final Upload first = fixture.upload(LIST, "email,name\nanna@a.example,Anna\n");
    private final Upload second = fixture.upload(LIST, "email,name\nnina@b.example,Nina\nole@c.example,Ole\n");

    private Run planned(Upload upload) throws IOException {
        return ((IntakeResult.Sending) fixture.intake().take(upload)).run();
    }

    private List<String> addresses(Run run) {
        return fixture.chunks.of(run.id()).stream()
                .flatMap(chunk -> chunk.rows().stream())
                .map(row -> ((ChunkRow.Send) row).person().email())
                .toList();
    }

    @ParameterizedTest(name = "the newer event first: {0}")
    @ValueSource(booleans = {false, true})
    void the_version_in_the_event_is_processed_and_the_other_is_a_run_of_its_own(boolean newerFirst)
            throws IOException {
        var newer = newerFirst ? planned(second) : null;
        var one = planned(first);
        var two = newer == null ? planned(second) : newer;

        assertThat(one.id()).isNotEqualTo(two.id());
        assertThat(one.list().version()).isEqualTo("v1");
        assertThat(two.list().version()).isEqualTo("v2");
        assertThat(addresses(one)).containsExactly("anna@a.example");
        assertThat(addresses(two)).containsExactly("nina@b.example", "ole@c.example");
    }

    @Test
    void a_version_that_is_gone_is_not_replaced_by_another() throws IOException {
        var gone = new Upload(first.bucket(), LIST, "v3", "00000000000000AA", first.principal(), first.at());

        assertThat(fixture.intake().take(gone))
                .isEqualTo(new IntakeResult.Ignored(IntakeResult.Ignored.IgnoreReason.GONE));
    }
}

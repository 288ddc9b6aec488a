package dk.underret.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.ObjectMapper;
import dk.underret.incident.Hold;
import dk.underret.incident.Hold.HoldReason;
import dk.underret.run.Accounts.Account;
import dk.underret.sweep.Sweep;
import dk.underret.sweep.SweepLimits;
import dk.underret.sweep.SweepPorts;
import dk.underret.testing.FakeAccounts;
import dk.underret.testing.FakeIncidents;
import dk.underret.testing.FakeLedger;
import dk.underret.testing.FakeLists;
import dk.underret.testing.FakeRuns;
import dk.underret.testing.FakeTimeSource;
import dk.underret.testing.FakeUnreachedLists;
import dk.underret.testing.FakeWork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SweepHandlerTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final FakeIncidents incidents = new FakeIncidents();
    private final FakeAccounts accounts = new FakeAccounts();
    private final SweepHandler handler = new SweepHandler(
            new Sweep(
                    new SweepPorts(
                            incidents,
                            new FakeRuns(),
                            new FakeLedger(),
                            new FakeWork(),
                            accounts,
                            new FakeLists(),
                            new FakeUnreachedLists()),
                    new SweepLimits(Duration.ofMinutes(15)),
                    new FakeTimeSource()),
            new Log(
                    new PrintStream(written, true, StandardCharsets.UTF_8),
                    Clock.fixed(Instant.ofEpochMilli(1_772_352_000_000L), ZoneOffset.UTC)));

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, args) -> method.getName().equals("getFunctionName") ? "the-sweep" : null);
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static Map<String, Object> recordedTick() throws IOException {
        try (var json =
                Objects.requireNonNull(SweepHandlerTest.class.getResourceAsStream("/events/schedule-tick.json"))) {
            return new ObjectMapper().readValue(json, Map.class);
        }
    }

    @Test
    void writes_its_counts_as_metrics_kept_apart_by_the_functions_name() throws IOException {
        handler.handleRequest(recordedTick(), context());

        assertThat(written.toString(StandardCharsets.UTF_8))
                .startsWith("{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"swept\",\"FunctionName\":\"the-sweep\","
                        + "\"OpenRuns\":0,\"Requeued\":0,\"NewlyHeld\":0,\"Held\":0,\"Paused\":0,\"Broken\":0,\"Late\":0,"
                        + "\"OnHold\":0,\"_aws\":{")
                .contains(
                        "\"Namespace\":\"Underret\"",
                        "\"Dimensions\":[[\"FunctionName\"]]",
                        "\"Timestamp\":1772352000000")
                .hasLineCount(1);
    }

    @Test
    void says_that_everything_is_held() {
        incidents.hold(Hold.of(HoldReason.ACCOUNT, FakeTimeSource.START));
        accounts.set(new Account(14, 50_000, 0, false, true));

        handler.handleRequest(Map.of(), context());

        assertThat(written.toString(StandardCharsets.UTF_8)).contains("\"OnHold\":1");
    }

    @Test
    void names_the_kind_of_a_failure_and_not_its_message() {
        incidents.hold(Hold.of(HoldReason.ACCOUNT, FakeTimeSource.START));
        accounts.set(null);

        assertThatThrownBy(() -> handler.handleRequest(Map.of(), context()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sweep failed: NullPointerException")
                .hasNoCause();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(
                        "{\"at\":\"2026-03-01T08:00:00.000Z\",\"event\":\"sweep_failed\",\"fault\":\"NullPointerException\"}");
    }
}

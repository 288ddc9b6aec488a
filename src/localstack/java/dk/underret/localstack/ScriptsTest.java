package dk.underret.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Tests the error messages of LocalStack's scripts: the problem and the remedy. The tests don't need LocalStack. */
class ScriptsTest {
    @TempDir
    private Path cache;

    @Test
    void an_incomplete_installation_is_named_with_its_remedy() throws IOException {
        Files.createDirectories(home());
        Files.createFile(home().resolve(".python-0123456789ab"));

        assertThat(run("start.sh", Map.of()))
                .isEqualTo(failed("The LocalStack installation in " + home()
                        + " is incomplete. Delete that folder and run src/localstack/scripts/setup.sh."));
    }

    @Test
    void a_used_port_is_named_with_its_remedy() throws IOException {
        installation("exit 1");
        try (var taken = new ServerSocket(0)) {
            assertThat(run("start.sh", Map.of("UNDERRET_LOCALSTACK_PORT", String.valueOf(taken.getLocalPort()))))
                    .isEqualTo(
                            failed(
                                    "Port " + taken.getLocalPort()
                                            + " is in use. Stop the program that uses it, or set UNDERRET_LOCALSTACK_PORT to another port."));
        }
    }

    @Test
    void a_localstack_that_ends_during_startup_shows_its_log_and_the_remedy() throws IOException {
        installation("echo 'No module named localstack' >&2; exit 1");

        assertThat(run("start.sh", freePort()))
                .isEqualTo(failed("No module named localstack\nLocalStack ended during startup. Delete " + home()
                        + " and run src/localstack/scripts/setup.sh."));
    }

    @Test
    void a_localstack_that_is_not_ready_in_time_is_stopped() throws IOException {
        installation("sleep 60");
        var settings = new HashMap<>(freePort());
        settings.put("UNDERRET_LOCALSTACK_PATIENCE", "1");

        assertThat(run("start.sh", settings))
                .isEqualTo(failed("LocalStack was not ready within 1 s. See " + home().resolve("logs/localstack.log")
                        + ", or delete " + home() + " and run src/localstack/scripts/setup.sh."));
        assertThat(home().resolve("pid")).doesNotExist();
    }

    @Test
    void a_machine_without_a_suitable_python_gets_the_remedy() throws IOException {
        var tools = Files.createDirectory(cache.resolve("tools"));
        for (var tool : List.of("dirname", "cat", "sha256sum", "cut", "mkdir", "sed"))
            script(tools.resolve(tool), "exec " + installed(tool) + " \"$@\"");

        var setup = run("setup.sh", Map.of("PATH", tools.toString(), "UNDERRET_PYTHON", ""));

        var sentence =
                "No Python 3.11, 3.12 or 3.13 with venv found. Install one, or set UNDERRET_PYTHON to its command.";
        assertThat(setup).isEqualTo(new Shell.Result(LocalStack.MISSING_REQUIREMENT, "", sentence + "\n"));
        assertThatThrownBy(() -> LocalStack.home(setup, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageEndingWith("LocalStack tests skipped: " + sentence);
        assertThatThrownBy(() -> LocalStack.home(setup, true))
                .isInstanceOf(AssertionError.class)
                .hasMessage("LocalStack tests skipped: " + sentence);
    }

    /** Creates an installation that counts as complete, with a script in place of its Python. */
    private void installation(String python) throws IOException {
        var bin = Files.createDirectories(home().resolve("venv/bin"));
        Files.createFile(home().resolve(".python-0123456789ab"));
        Files.createFile(home().resolve(".java-0123456789ab"));
        script(bin.resolve("python"), python);
    }

    private static void script(Path file, String command) throws IOException {
        assertThat(Files.writeString(file, "#!/bin/sh\n" + command + "\n")
                        .toFile()
                        .setExecutable(true))
                .isTrue();
    }

    private Path home() {
        return cache.resolve("localstack");
    }

    private Shell.Result run(String script, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put("UNDERRET_CACHE", cache.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return Shell.run(List.of("bash", "src/localstack/scripts/" + script), environment);
    }

    private static Shell.Result failed(String errors) {
        return new Shell.Result(1, "", errors + "\n");
    }

    private static Map<String, String> freePort() throws IOException {
        try (var free = new ServerSocket(0)) {
            return Map.of("UNDERRET_LOCALSTACK_PORT", String.valueOf(free.getLocalPort()));
        }
    }

    private static Path installed(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}

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

/** What the scripts around LocalStack say when they can't go on: one sentence, and what to do. No LocalStack is needed for that. */
class ScriptsTest {
    @TempDir
    private Path cache;

    @Test
    void a_home_that_is_half_made_is_named_and_to_be_deleted() throws IOException {
        Files.createDirectories(home());
        Files.createFile(home().resolve(".python-0123456789ab"));

        assertThat(run("start.sh", Map.of()))
                .isEqualTo(failed("LocalStack's home " + home()
                        + " is half made: delete that folder and run src/localstack/scripts/setup.sh."));
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        make("exit 1");
        try (var taken = new ServerSocket(0)) {
            assertThat(run("start.sh", Map.of("UNDERRET_LOCALSTACK_PORT", String.valueOf(taken.getLocalPort()))))
                    .isEqualTo(failed("Port " + taken.getLocalPort()
                            + " is in use: end what listens there, or name another port in UNDERRET_LOCALSTACK_PORT."));
        }
    }

    @Test
    void a_localstack_that_ends_at_its_start_says_why_and_what_to_delete() throws IOException {
        make("echo 'No module named localstack' >&2; exit 1");

        assertThat(run("start.sh", freePort()))
                .isEqualTo(failed("No module named localstack\nLocalStack ended at its start: delete " + home()
                        + " and run src/localstack/scripts/setup.sh."));
    }

    @Test
    void a_localstack_that_is_not_ready_in_time_is_ended() throws IOException {
        make("sleep 60");
        var settings = new HashMap<>(freePort());
        settings.put("UNDERRET_LOCALSTACK_PATIENCE", "1");

        assertThat(run("start.sh", settings))
                .isEqualTo(failed("LocalStack was not ready in 1 s: see " + home().resolve("logs/localstack.log")
                        + ", or delete " + home() + " and run src/localstack/scripts/setup.sh."));
        assertThat(home().resolve("pid")).doesNotExist();
    }

    @Test
    void a_machine_without_a_fitting_python_is_told_so() throws IOException {
        var tools = Files.createDirectory(cache.resolve("tools"));
        for (var tool : List.of("dirname", "cat", "sha256sum", "cut", "mkdir", "sed"))
            script(tools.resolve(tool), "exec " + installed(tool) + " \"$@\"");

        var setup = run("setup.sh", Map.of("PATH", tools.toString(), "UNDERRET_PYTHON", ""));

        var sentence = "No Python 3.11, 3.12 or 3.13 with venv was found: install one, or name it in UNDERRET_PYTHON.";
        assertThat(setup).isEqualTo(new Shell.Result(LocalStack.NOT_HERE, "", sentence + "\n"));
        assertThatThrownBy(() -> LocalStack.home(setup, false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageEndingWith("LocalStack tier skipped: " + sentence);
        assertThatThrownBy(() -> LocalStack.home(setup, true))
                .isInstanceOf(AssertionError.class)
                .hasMessage("LocalStack tier skipped: " + sentence);
    }

    /** A home that is stamped as made, with a Python that does something else. */
    private void make(String python) throws IOException {
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

package dk.underret.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands. */
final class Shell {
    private Shell() {}

    /**
     * The result of a command.
     *
     * @param status exit status
     * @param out standard output
     * @param errors standard error
     */
    record Result(int status, String out, String errors) {
        /** Returns the standard output without surrounding white space. Fails with the whole output if the command failed. */
        String orFail(Object command) {
            if (status != 0) throw new AssertionError(command + " failed (" + status + "): " + errors + out);
            return out.strip();
        }
    }

    static Result run(List<String> command, Map<String, String> environment) {
        try {
            var out = Files.createTempFile("underret-", ".out");
            var errors = Files.createTempFile("underret-", ".err");
            try {
                var builder =
                        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
                builder.environment().putAll(environment);
                var status = builder.start().waitFor();
                return new Result(status, read(out), read(errors));
            } finally {
                Files.delete(out);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while running " + command.getFirst(), e);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}

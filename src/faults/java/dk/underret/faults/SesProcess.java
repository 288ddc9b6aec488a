package dk.underret.faults;

import dk.underret.local.SimulatedSes;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulated SES in its own process, so that its journal survives every other failure. */
final class SesProcess implements AutoCloseable {
    private final Process process;

    private SesProcess(Process process) {
        this.process = process;
    }

    /** Returns an address with a free port. */
    static URI address() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    /**
     * Starts the process, and returns when it answers.
     *
     * @param address from {@link #address}
     * @param properties the system properties of {@link SimulatedSes#main}, except the port
     * @param script the faults to inject
     */
    static SesProcess start(URI address, Map<String, String> properties, String script) throws Exception {
        var command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dport=" + address.getPort()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SimulatedSes.class.getName()));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!address.toString().equals(process.inputReader().readLine()))
            throw new IOException("the simulated SES did not start");
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            http.send(
                    HttpRequest.newBuilder(address.resolve("/script"))
                            .PUT(BodyPublishers.ofString(script))
                            .build(),
                    BodyHandlers.discarding());
        }
        return new SesProcess(process);
    }

    /** Ends the process by closing its input. */
    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        process.waitFor();
    }
}

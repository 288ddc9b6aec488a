package dk.underret.aws;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A minimal HTTP server with a configurable behaviour. It records the requests that it received completely. */
final class StubSesServer implements AutoCloseable {
    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    StubSesServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** Responds with a status and a JSON body, and keeps the connection open. */
    static Behaviour answer(int status, String code, String body) {
        var type = code.isEmpty() ? "" : "x-amzn-ErrorType: " + code + "\r\n";
        var length = body.getBytes(StandardCharsets.UTF_8).length;
        return socket -> write(
                socket,
                "HTTP/1.1 " + status + " X\r\ncontent-type: application/x-amz-json-1.1\r\n" + type + "content-length: "
                        + length + "\r\n\r\n" + body);
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                open.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (SocketException e) {
            assert server.isClosed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var request = read(in); request.isPresent() && !socket.isClosed(); request = read(in)) {
                requests.add(request.get());
                behaviour.on(socket);
                if (socket.isClosed()) return;
            }
        } catch (IOException e) {
            open.remove(socket);
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        var start = line(in);
        if (start.isEmpty()) return Optional.empty();
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return Optional.of(new Request(start, headers, new String(body, StandardCharsets.UTF_8)));
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) if (b != '\r') line.write(b);
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The behaviour after a complete request. The connection stays open if the socket is open when it returns. */
    interface Behaviour {
        void on(Socket socket) throws IOException;
    }

    /** A recorded request. */
    record Request(String line, Map<String, String> headers, String body) {}
}

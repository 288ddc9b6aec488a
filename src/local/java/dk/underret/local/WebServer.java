package dk.underret.local;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP/1.1 server on 127.0.0.1 with a virtual thread per connection. Unlike the JDK's server, it can reset a connection and
 * truncate a response, as the simulated SES requires.
 */
final class WebServer implements AutoCloseable {
    /** Handles the requests. */
    interface Handler {
        Response handle(Request request) throws Exception;
    }

    private static final int LINE_LIMIT = 65_536;

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private WebServer(ServerSocket server, Handler handler) {
        this.server = server;
        this.handler = handler;
    }

    /**
     * Starts a server.
     *
     * @param port port, or 0 for a free one
     */
    static WebServer start(int port, Handler handler) throws IOException {
        var socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1_024);
        var server = new WebServer(socket, handler);
        Thread.ofVirtual().name("accept").start(server::accept);
        return server;
    }

    /** Returns for example {@code http://127.0.0.1:4711}. */
    String url() {
        return "http://" + authority();
    }

    /** Returns for example {@code 127.0.0.1:4711}. */
    String authority() {
        return "127.0.0.1:" + server.getLocalPort();
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

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 65_536);
            while (exchange(socket, in)) {
                // Serve the next request of the connection.
            }
        } catch (IOException e) {
            // The caller closed the connection, or this server was closed.
            open.remove(socket);
        } finally {
            open.remove(socket);
        }
    }

    /** Serves one request. Returns false if the connection has ended. */
    private boolean exchange(Socket socket, InputStream in) throws IOException {
        var start = line(in);
        if (start.isEmpty()) return false;
        var words = start.split(" ");
        if (words.length != 3) return false;
        var headers = headers(in);
        var out = socket.getOutputStream();
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue"))
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var request = Request.of(words[0], words[1], headers, body(in, headers));
        return switch (answer(request)) {
            case Response.Full whole -> {
                write(out, whole, request.method().equals("HEAD"));
                yield !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
            }
            case Response.Bytes bytes -> {
                out.write(bytes.bytes());
                out.flush();
                if (bytes.reset()) socket.setSoLinger(true, 0);
                yield false;
            }
            case Response.Silence ignored -> {
                in.transferTo(OutputStream.nullOutputStream());
                yield false;
            }
        };
    }

    private Response answer(Request request) {
        try {
            return handler.handle(request);
        } catch (Exception e) {
            return Response.error(500, "InternalFailure", e.getClass().getSimpleName());
        }
    }

    private static void write(OutputStream out, Response.Full answer, boolean head) throws IOException {
        var text = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" .\r\n");
        answer.headers()
                .forEach((name, value) ->
                        text.append(name).append(": ").append(value).append("\r\n"));
        if (answer.status() != 204 && !answer.headers().containsKey("Content-Length"))
            text.append("Content-Length: ").append(answer.body().length).append("\r\n");
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (!head) whole.writeBytes(answer.body());
        whole.writeTo(out);
        out.flush();
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon > 0)
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) return chunks(in);
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return exactly(in, length);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(line(in).split(";")[0].trim(), 16);
            if (size == 0) {
                headers(in);
                return body.toByteArray();
            }
            body.writeBytes(exactly(in, size));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("the request ended early");
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') line.write(b);
            if (line.size() > LINE_LIMIT) throw new IOException("a header line is too long");
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}

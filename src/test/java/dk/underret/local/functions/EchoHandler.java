package dk.underret.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Returns and prints its event. If the event contains {@code fail}, it throws; with {@code exit}, it ends the process; with {@code
 * hang}, it never returns.
 */
public final class EchoHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var event = in.readAllBytes();
        var text = new String(event, StandardCharsets.UTF_8);
        System.out.println(text.replace("\n", " "));
        if (text.contains("fail")) throw new IllegalStateException("requested by the test");
        if (text.contains("exit")) Runtime.getRuntime().halt(3);
        if (text.contains("hang")) hang();
        out.write(event);
    }

    private static synchronized void hang() {
        var never = new java.util.concurrent.CountDownLatch(1);
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dk.underret.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends a message with the number n to its own queue as n − 1, until n is 0. */
public final class HopHandler implements RequestStreamHandler {
    private final SqsClient sqs =
            SqsClient.builder().httpClient(Apache5HttpClient.create()).build();
    private final String queue = System.getenv("DISPATCH_QUEUE_URL");

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        var body = new ObjectMapper().readTree(in).at("/Records/0/body").asInt();
        System.out.println("{\"hop\":" + body + "}");
        if (body > 0) sqs.sendMessage(s -> s.queueUrl(queue).messageBody("" + (body - 1)));
        out.write("{\"batchItemFailures\":[]}".getBytes(StandardCharsets.UTF_8));
    }
}

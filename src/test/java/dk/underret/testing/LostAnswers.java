package dk.underret.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** An HTTP client that executes every request and drops some answers, as a broken connection does after a successful write. */
public final class LostAnswers implements SdkHttpClient {
    private final SdkHttpClient client;
    private final AtomicReference<String> toLose = new AtomicReference<>("");
    private final AtomicInteger lost = new AtomicInteger();

    /** Wraps another client. */
    public LostAnswers(SdkHttpClient client) {
        this.client = client;
    }

    /** Drops the next answer to this operation, for example {@code PutItem}. */
    public void loseNext(String operation) {
        toLose.set(operation);
    }

    /** Returns the number of dropped answers. */
    public int lost() {
        return lost.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                var answer = prepared.call();
                if (!lose(request)) return answer;
                if (answer.responseBody().isPresent())
                    answer.responseBody().get().close();
                lost.incrementAndGet();
                throw new IOException("connection reset");
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private boolean lose(HttpExecuteRequest request) {
        var operation = toLose.get();
        var target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
        return !operation.isEmpty() && target.endsWith("." + operation) && toLose.compareAndSet(operation, "");
    }

    @Override
    public void close() {
        client.close();
    }
}

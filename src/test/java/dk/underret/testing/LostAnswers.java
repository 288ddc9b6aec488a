package dk.underret.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** An HTTP client that carries out every request and loses answers: what a cut connection does to a write that was done. */
public final class LostAnswers implements SdkHttpClient {
    private final SdkHttpClient client;
    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** Around another client. */
    public LostAnswers(SdkHttpClient client) {
        this.client = client;
    }

    /** Loses the next {@code count} answers. */
    public void loseNext(int count) {
        toLose.set(count);
    }

    /** How many were lost. */
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
                if (toLose.getAndUpdate(n -> Math.max(0, n - 1)) == 0) return answer;
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

    @Override
    public void close() {
        client.close();
    }
}

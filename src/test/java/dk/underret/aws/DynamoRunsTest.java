package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.run.RunStatus;
import dk.underret.run.Runs;
import dk.underret.testing.LocalDynamo;
import dk.underret.testing.LostAnswers;
import dk.underret.testing.RunsContract;
import dk.underret.testing.Tables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

@ExtendWith(LocalDynamo.class)
class DynamoRunsTest extends RunsContract {
    private static LocalDynamo.Server server;
    private static Tables tables;

    @BeforeAll
    static void create_tables(LocalDynamo.Server running) {
        server = running;
        tables = running.tables();
    }

    @Override
    protected Runs runs() {
        return new DynamoRuns(server.client(), tables.runs());
    }

    @Test
    void a_transaction_whose_response_was_lost_is_counted_once_and_recognised() {
        var run = sending(2);
        try (var answers = new LostAnswers(Apache5HttpClient.create());
                var client = server.builder(answers).build()) {
            answers.loseNext("TransactWriteItems");
            assertThat(new DynamoRuns(client, tables.runs()).settle(run.id(), 0, TALLY, NOW))
                    .isTrue();
            assertThat(answers.lost()).isEqualTo(1);
        }
        assertThat(runs().run(run.id()).orElseThrow().remaining()).isEqualTo(1);
    }

    @Test
    void a_repeated_transaction_is_recognised_by_its_mark() {
        var run = sending(2);
        assertThat(new DynamoRuns(doingTwice(server.client()), tables.runs()).settle(run.id(), 0, TALLY, NOW))
                .isTrue();
        assertThat(runs().run(run.id()).orElseThrow().remaining()).isEqualTo(1);
    }

    @Test
    void a_crash_after_the_last_transaction_is_repaired_by_the_next_delivery() {
        var run = sending(1);
        var crash = changing(request -> {
            if (request instanceof GetItemRequest) throw new IllegalStateException("crash");
            return request;
        });
        try (var client = server.builder()
                .overrideConfiguration(o -> o.addExecutionInterceptor(crash))
                .build()) {
            var crashing = new DynamoRuns(client, tables.runs());
            assertThatThrownBy(() -> crashing.settle(run.id(), 0, TALLY, NOW)).hasMessageContaining("crash");
        }
        assertThat(runs().run(run.id()).orElseThrow().status()).isEqualTo(RunStatus.SENDING);
        assertThat(runs().settle(run.id(), 0, TALLY, NOW.plusSeconds(60))).isFalse();
        var mended = runs().run(run.id()).orElseThrow();
        assertThat(mended.status()).isEqualTo(RunStatus.SETTLED);
        assertThat(mended.settledAt()).contains(NOW);
    }

    /** Returns a client that runs every transaction twice, with two request tokens, and returns the second response. */
    private static DynamoDbClient doingTwice(DynamoDbClient client) {
        var type = DynamoDbClient.class;
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (args != null && args[0] instanceof TransactWriteItemsRequest transaction)
                client.transactWriteItems(
                        transaction.toBuilder().clientRequestToken("another").build());
            try {
                return method.invoke(client, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static ExecutionInterceptor changing(UnaryOperator<SdkRequest> change) {
        return new ExecutionInterceptor() {
            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                return change.apply(context.request());
            }
        };
    }
}

package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.NoticeId;
import dk.underret.ledger.Claim;
import dk.underret.ledger.FeedbackEvent;
import dk.underret.ledger.FeedbackResult;
import dk.underret.ledger.Ledger;
import dk.underret.ledger.Mismatch;
import dk.underret.ledger.SendKey;
import dk.underret.ledger.SendRecord;
import dk.underret.ledger.SendStatus;
import dk.underret.ledger.Trigger;
import dk.underret.testing.LedgerContract;
import dk.underret.testing.LocalDynamo;
import dk.underret.testing.LostAnswers;
import dk.underret.testing.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

@ExtendWith(LocalDynamo.class)
class DynamoLedgerTest extends LedgerContract {
    private static LocalDynamo.Server server;
    private static Tables tables;

    @BeforeAll
    static void create_tables(LocalDynamo.Server running) {
        server = running;
        tables = running.tables();
    }

    @Override
    protected Ledger ledger() {
        return ledger(server.client());
    }

    @Override
    protected void freeze(NoticeId notice, int spread) {
        new DynamoIncidents(server.client(), tables.incidents())
                .freeze(new FrozenNotice(notice, Map.of(), "", List.of(), List.of(), spread, NOW, "run"));
    }

    @Override
    protected void put(SendRecord record) {
        var partition = new NoticePartitions(server.client(), tables.incidents()).of(record.key());
        server.client().putItem(b -> b.tableName(tables.sends()).item(SendItem.of(partition, record)));
    }

    private static DynamoLedger ledger(DynamoDbClient client) {
        return new DynamoLedger(client, tables.sends(), tables.incidents());
    }

    @Test
    void a_record_of_a_spread_notice_is_found_by_its_recipient() {
        var notice = new NoticeId("komit", "spread");
        freeze(notice, 16);
        var first = fresh(new SendKey(notice, "a".repeat(64)), "one");
        var second = fresh(new SendKey(notice, "7".repeat(64)), "two");
        put(first);
        put(second);

        var reads = reads(ledger -> {
            for (var record : List.of(first, second)) ledger.feedback(record.key(), record.token(), DELIVERY);
        });

        assertThat(reads).containsExactly(tables.incidents(), tables.sends(), tables.sends());
        assertThat(ledger().read(List.of(first.key(), second.key())).values())
                .extracting(SendRecord::status)
                .containsExactly(SendStatus.DELIVERED, SendStatus.DELIVERED);
        assertThat(partitions(notice)).containsExactlyInAnyOrder("komit/spread#a", "komit/spread#7");
    }

    @Test
    void a_notice_that_is_not_frozen_yet_is_looked_up_again() {
        var key = new SendKey(new NoticeId("komit", "early"), "a".repeat(64));

        var reads = reads(ledger -> {
            assertThat(ledger.feedback(key, "one", DELIVERY)).isEqualTo(new FeedbackResult.Foreign(Mismatch.NO_RECORD));
            freeze(key.notice(), 16);
            put(fresh(key, "one"));
            assertThat(ledger.feedback(key, "one", DELIVERY)).isInstanceOf(FeedbackResult.Applied.class);
        });

        assertThat(reads).containsExactly(tables.incidents(), tables.sends(), tables.incidents(), tables.sends());
    }

    private static final FeedbackEvent DELIVERY = new FeedbackEvent(Trigger.DELIVERY, NOW, "id-1", Optional.empty());

    /** Returns the tables that a new ledger reads items from, in order. */
    private static List<String> reads(Consumer<Ledger> work) {
        var reads = new ArrayList<String>();
        var counted = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof GetItemRequest get) reads.add(get.tableName());
            }
        };
        try (var client = server.builder()
                .overrideConfiguration(o -> o.addExecutionInterceptor(counted))
                .build()) {
            work.accept(ledger(client));
        }
        return reads;
    }

    private static List<String> partitions(NoticeId notice) {
        return server.client().scan(b -> b.tableName(tables.sends())).items().stream()
                .map(item -> item.get("notice").s())
                .filter(partition -> partition.startsWith(notice.toString()))
                .toList();
    }

    @Test
    void a_claim_whose_answer_was_lost_is_ours() {
        try (var answers = new LostAnswers(Apache5HttpClient.create());
                var client = server.builder(answers).build()) {
            claim_with_a_lost_answer(client, answers);
        }
    }

    private static void claim_with_a_lost_answer(DynamoDbClient client, LostAnswers answers) {
        answers.loseNext("PutItem");
        var claim = ledger(client).claim(fresh(newKey(), "token"), Optional.empty());
        assertThat(answers.lost()).isEqualTo(1);
        assertThat(claim).isEqualTo(new Claim.Ours());
    }

    @Test
    void a_settle_whose_answer_was_lost_is_told_its_status() {
        try (var answers = new LostAnswers(Apache5HttpClient.create());
                var client = server.builder(answers).build()) {
            var ledger = ledger(client);
            for (var trigger : List.of(Trigger.ACCEPT, Trigger.DEFER, Trigger.REFUSE, Trigger.DOUBT, Trigger.STALE)) {
                var fresh = fresh(newKey(), "token");
                ledger.claim(fresh, Optional.empty());
                answers.loseNext("UpdateItem");
                var id = trigger == Trigger.ACCEPT ? Optional.of("id-1") : Optional.<String>empty();
                assertThat(ledger.settle(fresh.key(), "token", trigger, NOW, id, Optional.empty()))
                        .isPresent();
            }
            assertThat(answers.lost()).isEqualTo(5);
        }
    }

    @Test
    void a_problem_is_in_the_index_until_it_is_solved() {
        var fresh = fresh(newKey(), "token");
        ledger().claim(fresh, Optional.empty());
        assertThat(problem(fresh)).isEmpty();
        ledger().settle(fresh.key(), "token", Trigger.DOUBT, NOW, Optional.empty(), Optional.of("500"));
        assertThat(problem(fresh))
                .contains("UNKNOWN#2026-09-01T08:00:00.123Z#" + fresh.key().recipient());
        ledger().settle(fresh.key(), "token", Trigger.ACCEPT, NOW, Optional.of("id-1"), Optional.empty());
        assertThat(problem(fresh)).isEmpty();
    }

    private static Optional<String> problem(SendRecord record) {
        return server
                .client()
                .query(b -> b.tableName(tables.sends())
                        .indexName(Tables.PROBLEM_INDEX)
                        .keyConditionExpression("notice = :notice")
                        .filterExpression("recipient = :recipient")
                        .expressionAttributeValues(Map.of(
                                ":notice",
                                        AttributeValue.fromS(
                                                record.key().notice().toString()),
                                ":recipient", AttributeValue.fromS(record.key().recipient()))))
                .items()
                .stream()
                .map(item -> item.get("problem").s())
                .findFirst();
    }

    /** Negative controls: without the claim's condition or its response, the tests above fail. */
    @Nested
    class Without {
        @Test
        void the_claims_condition_several_claimants_win() {
            var without = changing(put -> put.toBuilder()
                    .conditionExpression(null)
                    .expressionAttributeNames(null)
                    .build());
            try (var client = server.builder()
                    .overrideConfiguration(o -> o.addExecutionInterceptor(without))
                    .build()) {
                var claims = new DynamoLedgerTest() {
                    @Override
                    protected Ledger ledger() {
                        return DynamoLedgerTest.ledger(client);
                    }
                };
                assertThatThrownBy(claims::of_concurrent_claims_exactly_one_wins)
                        .isInstanceOf(AssertionError.class);
            }
        }

        @Test
        void all_old_a_lost_answer_is_not_recognised() {
            var without = changing(put -> put.toBuilder()
                    .returnValuesOnConditionCheckFailure((String) null)
                    .build());
            try (var answers = new LostAnswers(Apache5HttpClient.create());
                    var client = server.builder(answers)
                            .overrideConfiguration(o -> o.addExecutionInterceptor(without))
                            .build()) {
                assertThatThrownBy(() -> claim_with_a_lost_answer(client, answers))
                        .hasMessage("a conditional write failed and returned no record");
            }
        }

        private static ExecutionInterceptor changing(UnaryOperator<PutItemRequest> change) {
            return new ExecutionInterceptor() {
                @Override
                public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                    return context.request() instanceof PutItemRequest put ? change.apply(put) : context.request();
                }
            };
        }
    }
}

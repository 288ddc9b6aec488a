package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.run.Accounts;
import dk.underret.run.WorkMessage;
import dk.underret.testing.WithLocalAws;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Tests keys, queue and account against the local AWS. */
@ExtendWith(WithLocalAws.class)
class ServicesTest {
    private static final String KEY = "arn:aws:kms:eu-west-1:000000000000:key/5c2f0e0a-0000-4000-8000-000000000001";

    private final WithLocalAws.Services services;

    ServicesTest(WithLocalAws.Services services) {
        this.services = services;
    }

    @Test
    void keys_are_stable_for_an_incident_and_differ_between_incidents() {
        var keys = new KmsKeys(services.clients().kms(), KEY);
        var key = keys.incidentKey("komit");

        assertThat(key).hasSize(32).isEqualTo(new KmsKeys(services.clients().kms(), KEY).incidentKey("komit"));
        assertThat(keys.incidentKey("bmw")).hasSize(32).isNotEqualTo(key);
    }

    @Test
    void a_caller_that_overwrites_a_key_does_not_change_it() {
        var keys = new KmsKeys(services.clients().kms(), KEY);
        var key = keys.incidentKey("komit");
        Arrays.fill(keys.incidentKey("komit"), (byte) 0);

        assertThat(keys.incidentKey("komit")).isEqualTo(key);
    }

    @Test
    void a_missing_kms_key_is_a_fault() {
        var keys = new KmsKeys(services.clients().kms(), KEY.replace("0001", "0002"));

        assertThatThrownBy(() -> keys.incidentKey("komit")).isInstanceOf(KmsException.class);
    }

    @Test
    void a_receipt_makes_its_message_visible_again_on_request() {
        var sqs = services.clients().sqs();
        var url = sqs.createQueue(queue ->
                        queue.queueName("receipts").attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "1800")))
                .queueUrl();
        sqs.sendMessage(send -> send.queueUrl(url).messageBody("chunk"));
        var received = sqs.receiveMessage(receive -> receive.queueUrl(url)).messages();
        assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url)).messages())
                .isEmpty();

        new SqsReceipts(sqs, url).retryAfter(received.getFirst().receiptHandle(), Duration.ZERO);

        assertThat(sqs.receiveMessage(receive -> receive.queueUrl(url).waitTimeSeconds(5))
                        .messages())
                .extracting(Message::body)
                .containsExactly("chunk");
    }

    @Test
    void more_messages_than_a_batch_are_all_queued() {
        var url = services.aws().queueUrl("dispatch");
        var sqs = services.clients().sqs();
        var messages = IntStream.range(0, 23)
                .mapToObj(chunk -> WorkMessage.first("0f3a5c7e", chunk))
                .toList();
        new SqsWork(sqs, url).enqueue(messages, Duration.ZERO);

        var bodies = new ArrayList<String>();
        while (bodies.size() < 23)
            for (Message message : sqs.receiveMessage(receive ->
                            receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5))
                    .messages()) bodies.add(message.body());
        assertThat(bodies)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 23)
                        .mapToObj(chunk ->
                                "{\"run\":\"0f3a5c7e\",\"chunk\":" + chunk + ",\"next_row\":0,\"idle_hops\":0}")
                        .toList());
    }

    @Test
    void the_account_has_the_quota_and_rate_of_ses() {
        assertThat(new SesAccounts(services.clients().sesReads()).account())
                .isEqualTo(new Accounts.Account(200, -1, 0, true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "post@skole.example, true",
        "Skolen <post@skole.example>, true",
        "post@brev.by.skole.example, true",
        "post@anden.example, false",
        "post@example, false"
    })
    void an_address_is_verified_if_it_or_its_domain_is_an_identity(String address, boolean verified) throws Exception {
        var identity = HttpRequest.newBuilder(
                        URI.create(services.aws().endpoints().get("sesv2") + "/verified"))
                .PUT(BodyPublishers.ofString("skole.example"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            http.send(identity, BodyHandlers.discarding());
        }

        assertThat(new SesAccounts(services.clients().sesReads()).verified(address))
                .isEqualTo(verified);
    }
}

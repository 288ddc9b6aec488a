package dk.underret.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FrozenNotice;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.incident.NoticeId;
import dk.underret.intake.Previews;
import dk.underret.recipient.Recipient;
import dk.underret.run.PreviewMail;
import dk.underret.run.PreviewMail.PreviewRow;
import dk.underret.run.PreviewMailMessage;
import dk.underret.sweep.UnreachedLists;
import dk.underret.testing.WithLocalAws;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Tests the files that people read in the work bucket: previews, letter checks, lists of people not reached, preview mails. */
@ExtendWith(WithLocalAws.class)
class WorkBucketTest {
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final NoticeId NOTICE = new NoticeId("komit", "main");

    private final S3Client s3;
    private final SqsClient sqs;

    WorkBucketTest(WithLocalAws.Services services) {
        s3 = services.clients().s3();
        sqs = services.clients().sqs();
    }

    private String text(String key) {
        return s3.getObjectAsBytes(get -> get.bucket("work").key(key)).asUtf8String();
    }

    private String type(String key) {
        return s3.headObject(head -> head.bucket("work").key(key)).contentType();
    }

    @Nested
    class A_list_of_people_not_reached {
        private final S3UnreachedLists unreached = new S3UnreachedLists(s3, "work");

        @Test
        void is_stored_under_its_run_and_opens_in_a_spreadsheet_in_the_right_encoding() {
            unreached.put(NOTICE, RUN, "\ufeffname\nÅse\n");

            var key = "unreached/komit/main/" + RUN + ".csv";
            assertThat(UnreachedLists.key(NOTICE, RUN)).isEqualTo(key);
            assertThat(text(key)).isEqualTo("\ufeffname\nÅse\n");
            assertThat(type(key)).isEqualTo("text/csv; charset=utf-8");
        }

        @Test
        void is_replaced_by_the_next_of_its_run() {
            unreached.put(NOTICE, "0f", "one");
            unreached.put(NOTICE, "0f", "two");
            assertThat(text(UnreachedLists.key(NOTICE, "0f"))).isEqualTo("two");
        }
    }

    @Nested
    class A_preview {
        private final S3Previews previews = new S3Previews(s3, "work");

        @Test
        void is_stored_under_its_run_and_opens_in_a_browser_in_the_right_encoding() {
            previews.preview(NOTICE, RUN, "<p>Kære Åse</p>");

            var key = "previews/komit/main/" + RUN + "/index.html";
            assertThat(Previews.key(NOTICE, RUN)).isEqualTo(key);
            assertThat(text(key)).isEqualTo("<p>Kære Åse</p>");
            assertThat(type(key)).isEqualTo("text/html; charset=utf-8");
        }

        @Test
        void is_replaced_by_the_next_of_its_run() {
            previews.preview(NOTICE, "0f", "one");
            previews.preview(NOTICE, "0f", "two");
            assertThat(text(Previews.key(NOTICE, "0f"))).isEqualTo("two");
        }

        @Test
        void of_a_letter_is_its_check() {
            previews.check("komit", "da", "Linje 3: æ");
            previews.check("komit", "da", "Brevet er i orden");
            assertThat(text("checks/letters/komit/da.txt")).isEqualTo("Brevet er i orden");
            assertThat(type("checks/letters/komit/da.txt")).isEqualTo("text/plain; charset=utf-8");
        }
    }

    @Nested
    class A_preview_mail {
        private final String queue =
                sqs.createQueue(create -> create.queueName("preview-mails")).queueUrl();
        private final S3PreviewMails previewMails = new S3PreviewMails(s3, "work", new SqsWork(sqs, queue));

        private static PreviewMail previewMail(String run) {
            var values = new LinkedHashMap<String, String>();
            values.put("email", "åse@ærø.example");
            values.put("name", "Åse \"Ærø\"\n\t\\ \uD83D\uDE00");
            values.put("note", "");
            var facts = Map.of(
                    "title",
                    "Brud",
                    "affected_count",
                    new BigDecimal("48000"),
                    "share",
                    new BigDecimal("1.50"),
                    "locale_fallback",
                    true,
                    "sender",
                    Map.of("from", "Skolen <brev@skole.example>"),
                    "consequences",
                    List.of("Et", "To"));
            var letter = new FrozenLetter("breach-notice", "da", "shipped", "c".repeat(64));
            var notice = new FrozenNotice(
                    NOTICE,
                    facts,
                    "f".repeat(64),
                    List.of(letter),
                    List.of("email", "name"),
                    16,
                    Instant.parse("2026-09-01T08:00:00.123Z"),
                    run);
            var people = List.of(
                    new PreviewRow(new Recipient(2, values), "da"),
                    new PreviewRow(new Recipient(7, Map.of("email", "bo@x.example")), "en-GB"));
            return new PreviewMail(run, notice, List.of("dpo@skole.example"), people);
        }

        @Test
        void is_read_as_stored() {
            assertThat(previewMails.find(RUN)).isEmpty();
            previewMails.offer(previewMail(RUN));
            assertThat(previewMails.find(RUN)).contains(previewMail(RUN));
        }

        @Test
        void has_a_message_per_letter_without_personal_data() {
            previewMails.offer(previewMail("0a"));
            assertThat(
                            sqs
                                    .receiveMessage(
                                            receive -> receive.queueUrl(queue).maxNumberOfMessages(10))
                                    .messages()
                                    .stream()
                                    .map(Message::body)
                                    .filter(body -> body.contains("\"0a\"")))
                    .containsExactlyInAnyOrder("{\"trial\":\"0a\",\"letter\":0}", "{\"trial\":\"0a\",\"letter\":1}");
        }

        @Test
        void has_each_letter_claimed_once() throws Exception {
            Callable<Boolean> claim = () -> previewMails.claim(new PreviewMailMessage("0b", 3));
            try (var threads = Executors.newFixedThreadPool(4)) {
                var claims = threads.invokeAll(List.of(claim, claim, claim, claim));
                assertThat(claims).extracting(each -> each.get()).containsOnlyOnce(true);
            }
            assertThat(previewMails.claim(new PreviewMailMessage("0b", 3))).isFalse();
            assertThat(previewMails.claim(new PreviewMailMessage("0b", 4))).isTrue();
            assertThat(previewMails.claim(new PreviewMailMessage("0c", 3))).isTrue();
        }

        @Test
        void that_is_malformed_is_a_fault_without_quoting_it() {
            s3.putObject(
                    put -> put.bucket("work").key("trials/0d/letters.json"),
                    RequestBody.fromString("{\"people\": Åse"));
            assertThatThrownBy(() -> previewMails.find("0d"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the preview mails of run 0d are not readable (JsonParseException)")
                    .hasNoCause();
        }
    }
}

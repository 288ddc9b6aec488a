package dk.underret.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.underret.incident.FindingCode;
import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.ledger.Decision;
import dk.underret.letter.ShippedLetters;
import dk.underret.recipient.EmailAddress;
import dk.underret.recipient.Recipient;
import dk.underret.run.Chunk;
import dk.underret.run.ChunkRow;
import dk.underret.testing.WithLocalAws;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

@ExtendWith(WithLocalAws.class)
class S3Test {
    private final S3Client s3;

    S3Test(WithLocalAws.Services services) {
        s3 = services.clients().s3();
    }

    private String put(String bucket, String key, String content) {
        return s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(content))
                .versionId();
    }

    private String text(String bucket, String key) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
    }

    @Nested
    class Lists {
        private final S3Lists lists = new S3Lists(s3);

        private Optional<String> read(String key, Optional<String> version) throws IOException {
            var opened = lists.open("uploads", key, version);
            if (opened.isEmpty()) return Optional.empty();
            try (var upload = opened.get()) {
                var bytes = upload.body().readAllBytes();
                assertThat(upload.length()).isEqualTo(bytes.length);
                return Optional.of(upload.version() + " " + new String(bytes, UTF_8));
            }
        }

        @Test
        void are_read_in_the_named_version_even_if_a_later_one_exists() throws IOException {
            var key = "incidents/lists/my list+æ.csv";
            var first = put("uploads", key, "email\nfirst");
            var second = put("uploads", key, "email\nsecond");

            assertThat(read(key, Optional.of(first))).contains(first + " email\nfirst");
            assertThat(read(key, Optional.of(second))).contains(second + " email\nsecond");
            assertThat(read(key, Optional.empty())).contains(second + " email\nsecond");
        }

        @Test
        void that_are_deleted_are_empty() throws IOException {
            var key = "incidents/lists/gone.csv";
            var version = put("uploads", key, "email\n");
            var marker =
                    s3.deleteObject(delete -> delete.bucket("uploads").key(key)).versionId();

            assertThat(read(key, Optional.empty())).isEmpty();
            assertThat(read(key, Optional.of(marker))).isEmpty();
            assertThat(read(key, Optional.of(version))).contains(version + " email\n");
            s3.deleteObject(delete -> delete.bucket("uploads").key(key).versionId(version));
            assertThat(read(key, Optional.of(version))).isEmpty();
            assertThat(read("incidents/lists/never.csv", Optional.empty())).isEmpty();
        }

        @Test
        void in_a_missing_bucket_are_a_fault() {
            assertThatThrownBy(() -> lists.open("no-such-bucket", "list.csv", Optional.of("v1")))
                    .isInstanceOf(NoSuchBucketException.class);
        }
    }

    @Nested
    class Letters {
        private final S3Letters letters = new S3Letters(s3, "uploads", new ShippedLetters());

        @Test
        void of_an_operator_take_precedence_over_the_shipped_ones() {
            assertThat(letters.newest("breach-notice", "da").orElseThrow().version())
                    .isEqualTo("shipped");
            var version = put("uploads", "letters/breach-notice/da.hbs", "Subject: Eget\n\nBrev æøå");
            var own = letters.newest("breach-notice", "da").orElseThrow();
            s3.deleteObject(delete -> delete.bucket("uploads").key("letters/breach-notice/da.hbs"));

            assertThat(own.version()).isEqualTo(version);
            assertThat(own.text()).isEqualTo("Subject: Eget\n\nBrev æøå");
            assertThat(letters.newest("breach-notice", "da").orElseThrow().version())
                    .isEqualTo("shipped");
        }

        @Test
        void have_the_locales_of_both() {
            put("uploads", "letters/breach-notice/de.hbs", "Subject: Eigener\n\nBrief");
            put("uploads", "letters/breach-notice/notes.txt", "no letter");

            assertThat(letters.locales("breach-notice")).containsExactly("da", "de", "en");
            assertThat(letters.locales("none")).isEmpty();
            assertThat(letters.newest("none", "da")).isEmpty();
        }

        @Test
        void that_are_frozen_are_read_in_their_version() {
            put("uploads", "letters/frozen/da.hbs", "Subject: Et\n\nBrev");
            var frozen = letters.newest("frozen", "da").orElseThrow();
            put("uploads", "letters/frozen/da.hbs", "Subject: Et\n\nandet brev");

            assertThat(letters.frozen(frozen.frozen())).isEqualTo(frozen);
            var shipped = letters.newest("breach-notice", "en").orElseThrow();
            assertThat(letters.frozen(shipped.frozen())).isEqualTo(shipped);
        }

        @Test
        void that_are_frozen_and_deleted_or_changed_are_a_fault() {
            var version = put("uploads", "letters/altered/da.hbs", "Subject: Et\n\nBrev");

            assertThatThrownBy(() -> letters.frozen(new FrozenLetter("altered", "da", version, "0".repeat(64))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("letter altered in da, version " + version + ", differs from the frozen letter");
            assertThatThrownBy(() -> letters.frozen(new FrozenLetter("altered", "da", "none", "0".repeat(64))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("letter altered in da, version none, doesn't exist");
        }

        @Test
        void of_another_encoding_are_read_so_that_the_check_reports_them() {
            var bytes = RequestBody.fromBytes("Subject: Et\n\nKære".getBytes(Charset.forName("windows-1252")));
            s3.putObject(put -> put.bucket("uploads").key("letters/old/da.hbs"), bytes);

            assertThat(letters.newest("old", "da").orElseThrow().text()).isEqualTo("Subject: Et\n\nK\uFFFDre");
        }

        @Test
        void above_the_size_limit_are_not_read_completely() {
            put("uploads", "letters/long/da.hbs", "x".repeat(3 << 20));

            assertThat(letters.newest("long", "da").orElseThrow().text()).hasSize(4 * 300_000 + 1);
        }
    }

    @Nested
    class Chunks {
        private final S3Chunks chunks = new S3Chunks(s3, "work");

        private static Recipient person(long row) {
            var values = new LinkedHashMap<String, String>();
            values.put("email", "åse@ærø.example");
            values.put("name", "Åse \"Ærø\"\n\t\\ \uD83D\uDE00 \u2028");
            values.put("note", "");
            return new Recipient(row, values);
        }

        private static final List<ChunkRow> ROWS = List.of(
                new ChunkRow.Send("a".repeat(64), person(2), new EmailAddress.Valid("åse@xn--r-yga.example"), "en-GB"),
                new ChunkRow.Resend(
                        "c".repeat(64),
                        person(6),
                        new EmailAddress.Valid("aase@x.example"),
                        "da",
                        "token",
                        Optional.of("d".repeat(64)),
                        new Decision("run0", "AIDAEXAMPLE", "", Optional.of("c".repeat(64)))),
                new ChunkRow.Invalid(3, "b".repeat(64), List.of(FindingCode.BAD_ADDRESS, FindingCode.WIDTH)),
                new ChunkRow.Duplicate(4, 2),
                new ChunkRow.Skipped(5, "do_not_write"));

        @Test
        void are_read_as_written() {
            var chunk = new Chunk("run1", 42, ROWS);
            var sha256 = chunks.put(chunk);

            assertThat(chunks.get("run1", 42, sha256)).contains(chunk);
            assertThat(chunks.put(chunk)).isEqualTo(sha256);
            assertThat(text("work", "chunks/run1/00042.json")).contains("åse@ærø.example");
        }

        @Test
        void that_were_changed_are_refused_without_quoting_them() {
            var sha256 = chunks.put(new Chunk("run2", 0, ROWS));
            put(
                    "work",
                    "chunks/run2/00000.json",
                    text("work", "chunks/run2/00000.json").replace("Ærø", "Aro"));

            assertThatThrownBy(() -> chunks.get("run2", 0, sha256))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("chunk 0 of run run2 was altered")
                    .hasNoCause();
        }

        @Test
        void that_are_gone_are_empty() {
            assertThat(chunks.get("run3", 0, "0".repeat(64))).isEmpty();
        }

        @Test
        void of_a_run_are_deleted_and_those_of_other_runs_stay() {
            var written = new ArrayList<String>();
            for (int i = 0; i < 3; i++) written.add(chunks.put(new Chunk("run4", i, ROWS)));
            var other = chunks.put(new Chunk("run40", 0, ROWS));
            chunks.delete("run4");
            chunks.delete("run4");

            for (int i = 0; i < 3; i++)
                assertThat(chunks.get("run4", i, written.get(i))).isEmpty();
            assertThat(chunks.get("run40", 0, other)).isPresent();
        }
    }

    @Nested
    class Evidence {
        private final S3Evidence evidence = new S3Evidence(s3, "evidence");

        @Test
        void is_stored_under_its_incident_and_run() {
            evidence.put("komit", "run1", "problems.csv", "code,row\næ");
            evidence.put("", "run2", "problems.csv", "code");

            assertThat(text("evidence", "incidents/komit/run1/problems.csv")).isEqualTo("code,row\næ");
            assertThat(text("evidence", "incidents/_/run2/problems.csv")).isEqualTo("code");
        }
    }
}

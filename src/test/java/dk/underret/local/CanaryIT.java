package dk.underret.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches the output for personal data. It sends lists with unusual names and addresses so that rows and letters get every outcome,
 * and then looks for these names and addresses in logs, records and files.
 */
class CanaryIT {
    private static final List<String> CANARIES = List.of(
            "kanariefugl", "Kanariefugl", "Brøndbygæslinge", "zeisig.example", "Kårsø", "gulspurv", "Vejnavnsprøven");

    @TempDir
    private static Path folder;

    private static UploadDriver driver;
    private static final ConcurrentLinkedQueue<String> queued = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void send_everything() throws Exception {
        driver = UploadDriver.start(folder, parameters -> parameters);
        driver.aws().onEvent("DispatchHandler", queued::add);
        var ses = driver.aws().ses().orElseThrow().script();
        var number = 0;
        for (var misbehaviour : List.of(
                Misbehaviour.RESET,
                Misbehaviour.GARBAGE_200,
                Misbehaviour.CUT_200,
                Misbehaviour.ERROR_500,
                Misbehaviour.REFUSED_RECIPIENT,
                Misbehaviour.MESSAGE_REJECTED,
                Misbehaviour.SILENCE)) ses.to("kanariefugl" + number++ + "@zeisig.example", misbehaviour);
        driver.incident("canary", "komit", Map.of("letter", "breach-notice"));
        driver.send("canary", sent());
        driver.send("canary", "email,name\nkanariefugl@zeisig.example,\"Kanariefugl\n");
        driver.send("canary", "kanariefugl@zeisig.example,Kanariefugl Kårsø\ngulspurv@zeisig.example,Kårsø\n");
        driver.send("canary", "email,name,Cpr-nr.\nkanariefugl@zeisig.example,Kårsø,010190-1234\n");
        driver.send(
                "canary",
                "email,name,affected_data\nkanariefugl@zeisig.example,Kårsø,navn\nkanariefugl@zeisig.example,Kårsø,cpr\n");
        driver.incident("canary-draft", "komit", Map.of("letter", "breach-notice", "status", "draft"));
        driver.send("canary-draft", sent());
        driver.await(driver.aws()
                .upload("incidents/canary/Kanariefugl Kårsø.csv", "email,name\nkanariefugl,Kårsø\n".getBytes(UTF_8)));
        driver.await(driver.aws().upload("incidents/Kanariefugl Kårsø/x.csv", "email\n".getBytes(UTF_8)));
        driver.aws()
                .sqs()
                .sendMessage(send -> send.queueUrl(driver.aws().queueUrl(LocalQueues.DISPATCH))
                        .messageBody("no work"));
        UploadDriver.awaitUntil("the invalid message is refused", () -> log().contains("NO_WORK_MESSAGE"));
    }

    @AfterAll
    static void stop() throws Exception {
        driver.close();
    }

    private static String sent() {
        var list = new StringBuilder("email,name,address_1,do_not_write\n");
        for (int i = 0; i < 8; i++)
            list.append("kanariefugl%d@zeisig.example,Kanariefugl Brøndbygæslinge %d,Vejnavnsprøven %d,\n"
                    .formatted(i, i, i));
        return list
                + "kanariefugl7@zeisig.example,Kanariefugl Brøndbygæslinge 7,Vejnavnsprøven 7,\n"
                + "gulspurv@@zeisig.example,Kårsø,Vejnavnsprøven,\n"
                + "Kårsø <gulspurv@zeisig.example>,Kårsø,Vejnavnsprøven,\n"
                + "gulspurv@zeisig.example,,Vejnavnsprøven,\n"
                + "gulspurv@zeisig.example,Kårsø,Vejnavnsprøven,afdød\n"
                + "gulspurv@zeisig.example,Kårsø,010190-1234,\n"
                + "gulspurv@zeisig.example,Kårsø,too,many,Vejnavnsprøven\n";
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("log.jsonl"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns a canary in every encoding: plain, in URLs, in mail headers, in JSON, and in Base64 at each of the three alignments. */
    private static Set<String> forms(String canary) {
        var forms = new LinkedHashSet<String>();
        forms.add(canary);
        forms.add(URLEncoder.encode(canary, UTF_8));
        forms.add(URLEncoder.encode(canary, UTF_8).replace('%', '='));
        var json = new StringBuilder();
        for (char c : canary.toCharArray()) json.append(c < 128 ? "" + c : "\\u%04x".formatted((int) c));
        forms.add(json.toString());
        for (int before = 0; before < 3; before++) {
            var bytes = ("-".repeat(before) + canary).getBytes(UTF_8);
            var code = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            // Only the characters whose bits all belong to the canary.
            forms.add(code.substring((before * 8 + 5) / 6, bytes.length * 8 / 6));
        }
        return forms;
    }

    private static void assertNone(String where, String text) {
        assertThat(text).as(where + " is not empty").isNotBlank();
        for (var canary : CANARIES)
            for (var form : forms(canary))
                assertThat(text.contains(form)).as(where + " contains " + form).isFalse();
    }

    private static String items(String table) {
        return Json.pretty(LocalTables.items(driver.aws().dynamodb(), table).stream()
                .map(AttributeJson::map)
                .toList());
    }

    private static String bucket(String name) {
        return String.join(
                "\n",
                driver.aws().objects().versions(name, "").stream()
                        .map(version -> version.key() + "\n" + new String(version.body(), UTF_8))
                        .toList());
    }

    @Test
    void they_go_through_every_outcome() {
        assertThat(driver.records("canary"))
                .extracting(send -> send.get("status"))
                .contains("DELIVERED", "UNKNOWN", "FAILED", "INVALID");
    }

    @Test
    void they_are_found_in_letters_and_uploads_in_every_encoding() throws Exception {
        assertThat(Files.readString(folder.resolve("outbox/journal.jsonl"))).contains("kanariefugl7@zeisig.example");
        assertThat(bucket(ResourceNames.UPLOADS)).contains("kanariefugl7@zeisig.example");
        assertThat(forms("Kårsø")).contains("K%C3%A5rs%C3%B8", "K=C3=A5rs=C3=B8", "K\\u00e5rs\\u00f8");
        assertThat(Base64.getEncoder().encodeToString("a gulspurv".getBytes(UTF_8)))
                .matches(code -> forms("gulspurv").stream().anyMatch(code::contains));
    }

    @Test
    void they_are_not_in_the_log() {
        assertNone("the log", log());
    }

    @Test
    void they_are_not_in_messages_to_senders() {
        assertNone("the queue", String.join("\n", queued));
    }

    @Test
    void they_are_not_in_send_records() {
        assertNone("the sends table", items(LocalTables.SENDS));
    }

    @Test
    void they_are_in_run_records_only_as_keys_of_uploads() {
        var keys = new ArrayList<String>();
        var runs = new ProgressWatch(driver.aws(), java.time.Duration.ofSeconds(1)).runs();
        runs.forEach(run -> keys.add((String) run.remove("list_key")));
        assertThat(keys).anyMatch(key -> key.contains("Kanariefugl"));
        assertNone("the runs", Json.pretty(runs));
    }

    @Test
    void they_are_not_in_the_facts() {
        assertNone("the incidents table", items(LocalTables.INCIDENTS));
    }

    @Test
    void they_are_not_in_the_evidence() {
        assertNone("the evidence", bucket(ResourceNames.EVIDENCE));
    }

    @Test
    void they_are_not_in_what_is_exported() throws Exception {
        for (var file : List.of("sends.csv", "problems.csv", "result.json", "local.json"))
            assertNone(file, Files.readString(folder.resolve(file)));
    }
}

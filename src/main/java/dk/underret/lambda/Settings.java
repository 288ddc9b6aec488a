package dk.underret.lambda;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a function is told by its environment, read once at its cold start: one record per function, so that none reads a
 * variable that it doesn't use. Endpoints, region and credentials are the SDK's own variables ({@code aws.Clients}).
 */
public sealed interface Settings {
    /**
     * Intake's.
     *
     * @param uploadsBucket {@code UPLOADS_BUCKET}: facts, letters and lists
     * @param workBucket {@code WORK_BUCKET}: chunks
     * @param evidenceBucket {@code EVIDENCE_BUCKET}: what is left as proof
     * @param incidentsTable {@code INCIDENTS_TABLE}
     * @param runsTable {@code RUNS_TABLE}
     * @param sendsTable {@code SENDS_TABLE}: who was told by an earlier notice
     * @param dispatchQueueUrl {@code DISPATCH_QUEUE_URL}
     * @param macKeyId {@code MAC_KEY_ID}: id or ARN of the KMS key of type HMAC_256
     * @param language {@code LANGUAGE}: of findings where no facts can be read, {@code da} or {@code en}
     * @param maxListMegabytes {@code MAX_LIST_MEGABYTES}: of 1,000,000 bytes
     * @param maxListRows {@code MAX_LIST_ROWS}
     * @param senderAddresses {@code SENDER_ADDRESSES}: what Dispatch may send from, separated by commas
     * @param fourEyes {@code FOUR_EYES}: whether who approves and who uploads the list must differ, {@code true} or {@code false}
     */
    record Intake(
            String uploadsBucket,
            String workBucket,
            String evidenceBucket,
            String incidentsTable,
            String runsTable,
            String sendsTable,
            String dispatchQueueUrl,
            String macKeyId,
            Locale language,
            int maxListMegabytes,
            int maxListRows,
            List<String> senderAddresses,
            boolean fourEyes)
            implements Settings {
        /** Copies the addresses. */
        public Intake {
            senderAddresses = List.copyOf(senderAddresses);
        }
    }

    /**
     * Dispatch's.
     *
     * @param uploadsBucket {@code UPLOADS_BUCKET}: letters
     * @param workBucket {@code WORK_BUCKET}: chunks
     * @param incidentsTable {@code INCIDENTS_TABLE}
     * @param runsTable {@code RUNS_TABLE}
     * @param sendsTable {@code SENDS_TABLE}
     * @param dispatchQueueUrl {@code DISPATCH_QUEUE_URL}
     * @param configurationSet {@code CONFIGURATION_SET}: SES's, named in every send
     * @param senders {@code SENDERS}: how many senders share SES's rate, 1 or more
     * @param staleAfterSeconds {@code STALE_AFTER_SECONDS}: age at which another sender's claim counts as abandoned
     */
    record Dispatch(
            String uploadsBucket,
            String workBucket,
            String incidentsTable,
            String runsTable,
            String sendsTable,
            String dispatchQueueUrl,
            String configurationSet,
            int senders,
            int staleAfterSeconds)
            implements Settings {}

    /**
     * Feedback's.
     *
     * @param sendsTable {@code SENDS_TABLE}
     */
    record Feedback(String sendsTable) implements Settings {}

    /**
     * The Sweep's.
     *
     * @param workBucket {@code WORK_BUCKET}: lists of people not reached
     * @param incidentsTable {@code INCIDENTS_TABLE}
     * @param runsTable {@code RUNS_TABLE}
     * @param sendsTable {@code SENDS_TABLE}
     * @param dispatchQueueUrl {@code DISPATCH_QUEUE_URL}
     * @param staleAfterSeconds {@code STALE_AFTER_SECONDS}: the longest that a function can live
     */
    record Sweep(
            String workBucket,
            String incidentsTable,
            String runsTable,
            String sendsTable,
            String dispatchQueueUrl,
            int staleAfterSeconds)
            implements Settings {}

    /**
     * Intake's settings.
     *
     * @throws IllegalStateException when a variable is missing or of another form; the message names it
     */
    static Intake intake(Map<String, String> environment) {
        return new Intake(
                text(environment, "UPLOADS_BUCKET"),
                text(environment, "WORK_BUCKET"),
                text(environment, "EVIDENCE_BUCKET"),
                text(environment, "INCIDENTS_TABLE"),
                text(environment, "RUNS_TABLE"),
                text(environment, "SENDS_TABLE"),
                text(environment, "DISPATCH_QUEUE_URL"),
                text(environment, "MAC_KEY_ID"),
                language(environment, "LANGUAGE"),
                number(environment, "MAX_LIST_MEGABYTES"),
                number(environment, "MAX_LIST_ROWS"),
                words(environment, "SENDER_ADDRESSES"),
                truth(environment, "FOUR_EYES"));
    }

    /**
     * Dispatch's settings.
     *
     * @throws IllegalStateException when a variable is missing or of another form; the message names it
     */
    static Dispatch dispatch(Map<String, String> environment) {
        return new Dispatch(
                text(environment, "UPLOADS_BUCKET"),
                text(environment, "WORK_BUCKET"),
                text(environment, "INCIDENTS_TABLE"),
                text(environment, "RUNS_TABLE"),
                text(environment, "SENDS_TABLE"),
                text(environment, "DISPATCH_QUEUE_URL"),
                text(environment, "CONFIGURATION_SET"),
                number(environment, "SENDERS"),
                number(environment, "STALE_AFTER_SECONDS"));
    }

    /**
     * Feedback's settings.
     *
     * @throws IllegalStateException when a variable is missing; the message names it
     */
    static Feedback feedback(Map<String, String> environment) {
        return new Feedback(text(environment, "SENDS_TABLE"));
    }

    /**
     * The Sweep's settings.
     *
     * @throws IllegalStateException when a variable is missing or of another form; the message names it
     */
    static Sweep sweep(Map<String, String> environment) {
        return new Sweep(
                text(environment, "WORK_BUCKET"),
                text(environment, "INCIDENTS_TABLE"),
                text(environment, "RUNS_TABLE"),
                text(environment, "SENDS_TABLE"),
                text(environment, "DISPATCH_QUEUE_URL"),
                number(environment, "STALE_AFTER_SECONDS"));
    }

    private static String text(Map<String, String> environment, String name) {
        var value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) throw new IllegalStateException("environment variable " + name + " is not set");
        return value;
    }

    private static int number(Map<String, String> environment, String name) {
        return read(environment, name, "[1-9][0-9]{0,8}", "a whole number from 1", Integer::parseInt);
    }

    private static Locale language(Map<String, String> environment, String name) {
        return read(environment, name, "da|en", "da or en", Locale::forLanguageTag);
    }

    private static boolean truth(Map<String, String> environment, String name) {
        return read(environment, name, "true|false", "true or false", Boolean::parseBoolean);
    }

    private static List<String> words(Map<String, String> environment, String name) {
        return Stream.of(text(environment, name).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static <T> T read(
            Map<String, String> environment, String name, String form, String words, Function<String, T> parse) {
        var value = text(environment, name);
        if (!Pattern.matches(form, value))
            throw new IllegalStateException("environment variable " + name + " is not " + words);
        return parse.apply(value);
    }
}

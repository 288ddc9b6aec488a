package dk.underret.lambda;

import dk.underret.incident.Language;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of a function, read from its environment once per cold start. Each function has its own record, so that it
 * requires only the variables that it uses. {@code aws.Clients} reads the SDK's variables: endpoints, region and credentials.
 */
public sealed interface Settings {
    /**
     * Intake's settings.
     *
     * @param uploadsBucket {@code UPLOADS_BUCKET}: facts, letters and lists
     * @param workBucket {@code WORK_BUCKET}: chunks
     * @param evidenceBucket {@code EVIDENCE_BUCKET}: evidence
     * @param incidentsTable {@code INCIDENTS_TABLE}
     * @param runsTable {@code RUNS_TABLE}
     * @param sendsTable {@code SENDS_TABLE}: recipients of earlier notices
     * @param dispatchQueueUrl {@code DISPATCH_QUEUE_URL}
     * @param macKeyId {@code MAC_KEY_ID}: id or ARN of the KMS key, of type HMAC_256
     * @param language {@code LANGUAGE}: language of the findings if the facts can't be read, {@code da} or {@code en}
     * @param maxListMegabytes {@code MAX_LIST_MEGABYTES}: in megabytes of 1,000,000 bytes
     * @param maxListRows {@code MAX_LIST_ROWS}
     * @param senderAddresses {@code SENDER_ADDRESSES}: addresses that Dispatch may send from, separated by commas
     * @param fourEyes {@code FOUR_EYES}: {@code true} if a notice needs an approver who didn't upload the list, else {@code false}
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
            Language language,
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
     * Dispatch's settings.
     *
     * @param uploadsBucket {@code UPLOADS_BUCKET}: letters
     * @param workBucket {@code WORK_BUCKET}: chunks
     * @param incidentsTable {@code INCIDENTS_TABLE}
     * @param runsTable {@code RUNS_TABLE}
     * @param sendsTable {@code SENDS_TABLE}
     * @param dispatchQueueUrl {@code DISPATCH_QUEUE_URL}
     * @param configurationSet {@code CONFIGURATION_SET}: the SES configuration set of every send
     * @param senders {@code SENDERS}: the number of senders that share SES's rate, at least 1
     * @param staleAfterSeconds {@code STALE_AFTER_SECONDS}: age in seconds after which another sender's claim counts as abandoned
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
     * Feedback's settings.
     *
     * @param incidentsTable {@code INCIDENTS_TABLE}: frozen notices, which say how the sends table partitions their records
     * @param sendsTable {@code SENDS_TABLE}
     */
    record Feedback(String incidentsTable, String sendsTable) implements Settings {}

    /**
     * The Sweep's settings.
     *
     * @param workBucket {@code WORK_BUCKET}: lists of people not reached
     * @param incidentsTable {@code INCIDENTS_TABLE}
     * @param runsTable {@code RUNS_TABLE}
     * @param sendsTable {@code SENDS_TABLE}
     * @param dispatchQueueUrl {@code DISPATCH_QUEUE_URL}
     * @param staleAfterSeconds {@code STALE_AFTER_SECONDS}: the longest lifetime of a function, in seconds
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
     * Reads Intake's settings.
     *
     * @throws IllegalStateException if a variable is missing or invalid; the message names it
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
                list(environment, "SENDER_ADDRESSES"),
                flag(environment, "FOUR_EYES"));
    }

    /**
     * Reads Dispatch's settings.
     *
     * @throws IllegalStateException if a variable is missing or invalid; the message names it
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
     * Reads Feedback's settings.
     *
     * @throws IllegalStateException if a variable is missing; the message names it
     */
    static Feedback feedback(Map<String, String> environment) {
        return new Feedback(text(environment, "INCIDENTS_TABLE"), text(environment, "SENDS_TABLE"));
    }

    /**
     * Reads the Sweep's settings.
     *
     * @throws IllegalStateException if a variable is missing or invalid; the message names it
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
        return read(environment, name, "[1-9][0-9]{0,8}", "a whole number of at least 1", Integer::parseInt);
    }

    private static Language language(Map<String, String> environment, String name) {
        return read(
                environment,
                name,
                String.join("|", Language.tags()),
                String.join(" or ", Language.tags()),
                Language::orEnglish);
    }

    private static boolean flag(Map<String, String> environment, String name) {
        return read(environment, name, "true|false", "true or false", Boolean::parseBoolean);
    }

    private static List<String> list(Map<String, String> environment, String name) {
        return Stream.of(text(environment, name).split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static <T> T read(
            Map<String, String> environment, String name, String pattern, String expected, Function<String, T> parse) {
        var value = text(environment, name);
        if (!Pattern.matches(pattern, value))
            throw new IllegalStateException("environment variable " + name + " must be " + expected);
        return parse.apply(value);
    }
}

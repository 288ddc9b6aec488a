package dk.underret.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Describes the local AWS to the functions (environment variables) and to other tools ({@code local.json}). */
final class LocalEnvironment {
    private LocalEnvironment() {}

    /** Returns the environment variables of the functions. */
    static Map<String, String> environment(Parameters parameters, Map<String, String> endpoints, String queue) {
        var variables = new TreeMap<String, String>();
        variables.put("AWS_REGION", LocalAws.REGION);
        variables.put("AWS_DEFAULT_REGION", LocalAws.REGION);
        variables.put("AWS_ACCESS_KEY_ID", LocalAws.ACCESS_KEY);
        variables.put("AWS_SECRET_ACCESS_KEY", LocalAws.SECRET_KEY);
        endpoints.forEach((service, url) -> variables.put("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT), url));
        variables.put("UPLOADS_BUCKET", ResourceNames.UPLOADS);
        variables.put("WORK_BUCKET", ResourceNames.WORK);
        variables.put("EVIDENCE_BUCKET", ResourceNames.EVIDENCE);
        variables.put("INCIDENTS_TABLE", LocalTables.INCIDENTS);
        variables.put("RUNS_TABLE", LocalTables.RUNS);
        variables.put("SENDS_TABLE", LocalTables.SENDS);
        variables.put("DISPATCH_QUEUE_URL", queue);
        variables.put("MAC_KEY_ID", LocalKms.KEY_ID);
        variables.put("CONFIGURATION_SET", ResourceNames.CONFIGURATION_SET);
        variables.put("STALE_AFTER_SECONDS", "" + parameters.staleAfter().toSeconds());
        variables.put("LANGUAGE", "en");
        variables.put("MAX_LIST_MEGABYTES", "2048");
        variables.put("MAX_LIST_ROWS", "20000000");
        variables.put("SENDER_ADDRESSES", "");
        variables.put("FOUR_EYES", "false");
        variables.putAll(parameters.environment());
        return variables;
    }

    /** Returns the content of {@code local.json}. */
    static Map<String, Object> description(LocalAws aws, Map<String, Object> children) {
        var description = new TreeMap<String, Object>();
        description.put("endpoints", aws.endpoints());
        description.put("region", LocalAws.REGION);
        description.put(
                "credentials", Map.of("accessKeyId", LocalAws.ACCESS_KEY, "secretAccessKey", LocalAws.SECRET_KEY));
        description.put("buckets", byOwnName(ResourceNames.BUCKETS));
        description.put("tables", byOwnName(List.of(LocalTables.INCIDENTS, LocalTables.RUNS, LocalTables.SENDS)));
        var queues = new TreeMap<String, Object>();
        for (var queue : List.of(LocalQueues.DISPATCH, LocalQueues.FEEDBACK)) {
            queues.put(queue, aws.queueUrl(queue));
            queues.put(queue + LocalQueues.DEAD_LETTER_SUFFIX, aws.queueUrl(queue + LocalQueues.DEAD_LETTER_SUFFIX));
        }
        description.put("queues", queues);
        description.put("children", children);
        return description;
    }

    private static Map<String, String> byOwnName(List<String> names) {
        var map = new TreeMap<String, String>();
        names.forEach(name -> map.put(name, name));
        return map;
    }
}

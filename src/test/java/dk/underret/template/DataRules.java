package dk.underret.template;

import static dk.underret.template.Template.list;
import static dk.underret.template.Template.map;
import static dk.underret.template.Template.referred;

import dk.underret.template.Template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for stored data: encryption, TLS, retention and deletion. Each rule returns a sentence per fault. */
final class DataRules {
    /** The path of the key property of each resource type. */
    private static final Map<String, List<String>> KEY_AT = Map.of(
            "AWS::DynamoDB::Table", List.of("SSESpecification", "KMSMasterKeyId"),
            "AWS::SQS::Queue", List.of("KmsMasterKeyId"),
            "AWS::SNS::Topic", List.of("KmsMasterKeyId"),
            "AWS::Logs::LogGroup", List.of("KmsKeyId"));

    /** The resource types that outlive the stack, since deleting them would delete evidence. */
    private static final String[] KEPT = {
        "AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::Logs::LogGroup"
    };

    /** The properties that give a resource a fixed name, which would conflict with an older resource of that name. */
    private static final Set<String> NAMES = Set.of(
            "TableName",
            "QueueName",
            "TopicName",
            "FunctionName",
            "RoleName",
            "LogGroupName",
            "AliasName",
            "AlarmName",
            "DashboardName",
            "Name");

    private DataRules() {}

    static List<String> every_store_is_encrypted_with_the_stacks_key(Template template) {
        var faults = new ArrayList<String>();
        KEY_AT.forEach((type, path) -> template.resources(type)
                .filter(store -> !isDataKey(store.at(path.toArray(String[]::new))))
                .forEach(store -> faults.add(store.name() + " is not encrypted with the data key")));
        template.resources("AWS::S3::Bucket")
                .filter(bucket -> !isDataKey(bucket.at("BucketEncryption", "ServerSideEncryptionConfiguration")
                        .map(rules -> map(map(list(rules).getFirst()).get("ServerSideEncryptionByDefault")))
                        .map(rule -> "aws:kms".equals(rule.get("SSEAlgorithm")) ? rule.get("KMSMasterKeyID") : null)))
                .forEach(bucket -> faults.add(bucket.name() + " is not encrypted with the data key"));
        return faults;
    }

    static List<String> every_bucket_queue_and_topic_is_reached_over_tls_only(Template template) {
        var closed = template.resources("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
                .filter(policy ->
                        PermissionRules.resourceStatements(policy).stream().anyMatch(DataRules::deniesPlainText))
                .flatMap(policy -> Stream.of("Bucket", "Queues", "Topics")
                        .flatMap(property -> list(policy.at(property).orElse(null)).stream())
                        .map(Template::referred))
                .toList();
        return template.resources("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic")
                .map(Resource::name)
                .filter(name -> !closed.contains(name))
                .map(name -> name + " can be reached without TLS")
                .toList();
    }

    static List<String> buckets_are_closed_to_the_public_and_versioned(Template template) {
        var blocked = Map.of(
                "BlockPublicAcls", true,
                "BlockPublicPolicy", true,
                "IgnorePublicAcls", true,
                "RestrictPublicBuckets", true);
        return template.resources("AWS::S3::Bucket")
                .flatMap(bucket -> {
                    var faults = new ArrayList<String>();
                    if (!bucket.at("PublicAccessBlockConfiguration").equals(Optional.of(blocked)))
                        faults.add(bucket.name() + " may be made public");
                    if (!bucket.at("VersioningConfiguration", "Status").equals(Optional.of("Enabled")))
                        faults.add(bucket.name() + " keeps no versions");
                    return faults.stream();
                })
                .toList();
    }

    /** Personal data is under {@code incidents/} in the uploads bucket and anywhere in the work bucket. */
    static List<String> personal_data_expires_with_its_older_versions(Template template) {
        var faults = new ArrayList<String>();
        Map.of("Uploads", "incidents/", "Work", "").forEach((name, prefix) -> {
            var rule = rules(template.resource(name))
                    .filter(each -> prefix.equals(each.getOrDefault("Prefix", "")))
                    .filter(each -> each.containsKey("ExpirationInDays"))
                    .findFirst()
                    .orElse(Map.of());
            if (!referred(rule.get("ExpirationInDays")).equals("ListRetentionDays"))
                faults.add(name + " keeps current versions too long");
            if (!(map(rule.get("NoncurrentVersionExpiration")).get("NoncurrentDays") instanceof Integer days)
                    || days > 14) faults.add(name + " keeps noncurrent versions too long");
        });
        return faults;
    }

    static List<String> every_bucket_deletes_incomplete_uploads(Template template) {
        return template.resources("AWS::S3::Bucket")
                .filter(bucket -> rules(bucket)
                        .noneMatch(rule -> rule.containsKey("AbortIncompleteMultipartUpload")
                                && "Enabled".equals(rule.get("Status"))
                                && !rule.containsKey("Prefix")))
                .map(bucket -> bucket.name() + " keeps incomplete uploads")
                .toList();
    }

    /** The lifecycle rules must not expire a version before its lock ends, so the years are compared in days. */
    static List<String> evidence_is_locked_for_its_retention_years(Template template) {
        var faults = new ArrayList<String>();
        var evidence = template.resource("Evidence");
        var lock = evidence.at("ObjectLockConfiguration", "Rule", "DefaultRetention")
                .map(Template::map);
        if (!evidence.at("ObjectLockEnabled").equals(Optional.of(true))
                || !referred(lock.orElse(Map.of()).get("Years")).equals("ProofYears"))
            faults.add("Evidence is not locked");
        var days = map(template.section("Mappings").get("ProofDays"));
        for (var allowed :
                list(map(template.section("Parameters").get("ProofYears")).get("AllowedValues"))) {
            var years = Integer.parseInt(allowed.toString());
            // A leap year every four years, rounded up.
            var atLeast = years * 365 + (years + 3) / 4;
            if (!(map(days.get(allowed)).get("Days") instanceof Integer mapped) || mapped < atLeast)
                faults.add("ProofDays is too short for " + years + " years");
        }
        return faults;
    }

    static List<String> every_table_can_be_restored(Template template) {
        return template.resources("AWS::DynamoDB::Table")
                .filter(table -> !table.at("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")
                        .equals(Optional.of(true)))
                .map(table -> table.name() + " can't be restored")
                .toList();
    }

    /**
     * The rollback of a failed first deployment deletes every resource, deleting a stack in use retains the data, and no resource has
     * a fixed name.
     */
    static List<String> a_failed_first_deployment_leaves_nothing_that_blocks_the_second(Template template) {
        var faults = new ArrayList<String>();
        template.resources(KEPT).forEach(kept -> {
            if (!"RetainExceptOnCreate".equals(kept.attributes().get("DeletionPolicy"))
                    || !"Retain".equals(kept.attributes().get("UpdateReplacePolicy")))
                faults.add(kept.name() + " has the wrong deletion policy");
        });
        template.resources().forEach(resource -> {
            if ("Retain".equals(resource.attributes().get("DeletionPolicy")))
                faults.add(resource.name() + " would outlive a failed deployment");
            resource.properties().keySet().stream()
                    .filter(NAMES::contains)
                    .forEach(name -> faults.add(resource.name() + " has a fixed name"));
        });
        template.resources("AWS::S3::Bucket")
                .filter(bucket -> !bucket.at("BucketName")
                        .map(Object::toString)
                        .orElse("")
                        .contains("AWS::StackId"))
                .forEach(bucket -> faults.add(bucket.name() + " has a fixed name"));
        template.functions()
                .forEach(function -> Template.events(function).values().stream()
                        .filter(event -> "ScheduleV2".equals(event.get("Type")))
                        .filter(event -> !Boolean.TRUE.equals(
                                map(event.get("Properties")).get("OmitName")))
                        .forEach(event -> faults.add(function.name() + "'s schedule has a fixed name")));
        if (!"false"
                .equals(map(template.section("Parameters").get("DeletionProtection"))
                        .get("Default")))
            faults.add("deletion protection would block the rollback of a first deployment");
        return faults;
    }

    static List<String> every_log_expires(Template template) {
        return template.resources("AWS::Logs::LogGroup")
                .filter(group ->
                        !referred(group.at("RetentionInDays").orElse(null)).equals("LogRetentionDays"))
                .map(group -> group.name() + " keeps logs forever")
                .toList();
    }

    private static boolean isDataKey(Optional<?> key) {
        return key.map(Template::referred).filter("DataKey"::equals).isPresent();
    }

    private static boolean deniesPlainText(Map<String, Object> statement) {
        return "Deny".equals(statement.get("Effect"))
                && "*".equals(statement.get("Principal"))
                && Map.of("Bool", Map.of("aws:SecureTransport", "false")).equals(statement.get("Condition"));
    }

    private static Stream<Map<String, Object>> rules(Resource bucket) {
        return list(bucket.at("LifecycleConfiguration", "Rules").orElse(null)).stream()
                .map(Template::map);
    }
}

package dk.underret.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the template against every rule, and checks that each rule finds its faults in broken copies of the template. */
class TemplateTest {
    private static final String TEXT = Template.text();
    private static final Template TEMPLATE = Template.of(TEXT);

    /** A broken template for each fault. */
    private static final Map<String, Template> FAULTS = breakages()
            .map(Arguments::get)
            .collect(Collectors.toMap(
                    fault -> (String) fault[2],
                    fault -> broken((String) fault[0], (String) fault[1]),
                    (one, other) -> one));

    @FunctionalInterface
    interface Rule extends Function<Template, List<String>> {}

    static Stream<Named<Rule>> rules() {
        return Stream.of(
                rule(
                        "only Dispatch sends, from the given addresses with the configuration set",
                        PermissionRules::only_dispatch_sends_from_the_given_addresses_with_the_configuration_set),
                rule("no role may delete a record", PermissionRules::no_role_may_delete_a_record),
                rule(
                        "actions and resources have no wildcards",
                        PermissionRules::actions_and_resources_have_no_wildcards),
                rule("each function has a role of its own", PermissionRules::each_function_has_a_role_of_its_own),
                rule("roles are for Lambda in this account", PermissionRules::roles_are_for_lambda_in_this_account),
                rule("keys are used for their purpose only", PermissionRules::keys_are_used_for_their_purpose_only),
                rule(
                        "resource policies allow no other principal",
                        PermissionRules::resource_policies_allow_no_other_principal),
                rule("every store is encrypted", DataRules::every_store_is_encrypted_with_the_stacks_key),
                rule("TLS only", DataRules::every_bucket_queue_and_topic_is_reached_over_tls_only),
                rule("buckets are closed and versioned", DataRules::buckets_are_closed_to_the_public_and_versioned),
                rule("personal data expires", DataRules::personal_data_expires_with_its_older_versions),
                rule("buckets delete incomplete uploads", DataRules::every_bucket_deletes_incomplete_uploads),
                rule("evidence is locked", DataRules::evidence_is_locked_for_its_retention_years),
                rule("tables can be restored", DataRules::every_table_can_be_restored),
                rule(
                        "a failed first deployment does not block the second",
                        DataRules::a_failed_first_deployment_leaves_nothing_that_blocks_the_second),
                rule("logs expire", DataRules::every_log_expires),
                rule("visibility", FlowRules::a_message_stays_hidden_for_six_times_the_functions_timeout),
                rule("failures go to a dead-letter queue", FlowRules::failures_go_to_a_dead_letter_queue),
                rule("dead-letter queues have alarms", FlowRules::every_dead_letter_queue_has_an_alarm),
                rule("queues keep messages", FlowRules::queues_keep_messages_for_fourteen_days),
                rule("senders", FlowRules::dispatch_takes_one_chunk_per_invocation_with_the_configured_senders),
                rule("feedback", FlowRules::ses_events_reach_feedback),
                rule("hand-overs", FlowRules::dispatch_may_requeue_a_chunk_for_itself),
                rule("stale claims", FlowRules::a_claim_is_stale_only_when_its_function_can_no_longer_run),
                rule("every upload invokes Intake", FlowRules::every_upload_invokes_intake),
                rule("built by Maven", FlowRules::every_function_is_built_by_maven_and_logs_to_its_own_group),
                rule("schedules parse", FlowRules::schedules_parse),
                rule("the Sweep runs and has alarms", FlowRules::the_sweep_runs_each_minute_and_has_alarms),
                rule("open runs are found", FlowRules::open_runs_are_found_without_a_scan),
                rule("letters are not tracked", FlowRules::opening_a_letter_is_not_tracked),
                rule("parameters are described", FlowRules::every_parameter_is_described_and_limited));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void keeps_every_rule(Rule rule) {
        assertThat(rule.apply(TEMPLATE)).isEmpty();
    }

    static Stream<Arguments> breakages() {
        return Stream.of(
                broken(
                        "Action: ses:SendEmail",
                        "Action: [ses:SendEmail, ses:SendRawEmail]",
                        "DispatchRole may send with [ses:SendEmail, ses:SendRawEmail]"),
                broken("Action: ses:GetEmailIdentity", "Action: ses:SendEmail", "IntakeRole may send"),
                broken(
                        "ses:FromAddress: !Ref SenderAddresses",
                        "ses:FromAddress: \"*\"",
                        "DispatchRole may send from any address"),
                broken(
                        "configuration-set/${SesConfiguration}",
                        "configuration-set/*",
                        "DispatchRole may send with other configuration sets than the stack's"),
                broken(
                        "dynamodb:BatchGetItem, dynamodb:PutItem",
                        "dynamodb:DeleteItem, dynamodb:PutItem",
                        "DispatchRole has dynamodb:DeleteItem"),
                broken("Action: kms:GenerateMac", "Action: kms:*", "IntakeRole has kms:*"),
                broken(
                        "Resource: !GetAtt DispatchLogs.Arn",
                        "Resource: \"*\"",
                        "DispatchRole has [logs:CreateLogStream, logs:PutLogEvents] on every resource"),
                broken(
                        "Role: !GetAtt IntakeRole.Arn",
                        "Role: !GetAtt DispatchRole.Arn",
                        "DispatchFunction shares DispatchRole"),
                broken(
                        "Principal: { Service: lambda.amazonaws.com }",
                        "Principal: { AWS: \"*\" }",
                        "IntakeRole may be assumed by others"),
                broken(
                        "Condition: { StringEquals: { kms:MacAlgorithm: HMAC_SHA_256 } }",
                        "",
                        "IntakeRole has [kms:GenerateMac] on MacKey"),
                broken(
                        "Principal: { Service: cloudwatch.amazonaws.com }\n            Action: sns:Publish",
                        "Principal: \"*\"\n            Action: sns:Publish",
                        "AlarmsPolicy allows others by AlarmsOfThisAccount"),
                broken(
                        "KmsKeyId: !GetAtt DataKey.Arn",
                        "KmsKeyId: alias/aws/logs",
                        "IntakeLogs is not encrypted with the data key"),
                broken(
                        "KMSMasterKeyID: !GetAtt DataKey.Arn",
                        "KMSMasterKeyID: alias/aws/s3",
                        "Uploads is not encrypted with the data key"),
                broken(
                        "Queues: [!Ref DispatchQueue]",
                        "Queues: [!Ref IntakeFailures]",
                        "DispatchQueue can be reached without TLS"),
                broken("BlockPublicPolicy: true", "BlockPublicPolicy: false", "Uploads may be made public"),
                broken(
                        "VersioningConfiguration: { Status: Enabled }",
                        "VersioningConfiguration: { Status: Suspended }",
                        "Uploads keeps no versions"),
                broken(
                        "ExpirationInDays: !Ref ListRetentionDays",
                        "ExpirationInDays: 9999",
                        "Uploads keeps current versions too long"),
                broken(
                        "NoncurrentVersionExpiration: { NoncurrentDays: 2 }",
                        "",
                        "Work keeps noncurrent versions too long"),
                broken(
                        "AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 }",
                        "",
                        "Uploads keeps incomplete uploads"),
                broken("ObjectLockEnabled: true", "ObjectLockEnabled: false", "Evidence is not locked"),
                broken("\"5\": { Days: 1828 }", "\"5\": { Days: 1825 }", "ProofDays is too short for 5 years"),
                broken(
                        "PointInTimeRecoveryEnabled: true",
                        "PointInTimeRecoveryEnabled: false",
                        "Incidents can't be restored"),
                broken(
                        "DeletionPolicy: RetainExceptOnCreate",
                        "DeletionPolicy: Retain",
                        "DataKey would outlive a failed deployment"),
                broken("BillingMode: PAY_PER_REQUEST", "TableName: incidents", "Incidents has a fixed name"),
                broken("OmitName: true", "OmitName: false", "SweepFunction's schedule has a fixed name"),
                broken(
                        "DeletionProtection:\n    Type: String\n    Default: \"false\"",
                        "DeletionProtection:\n    Type: String\n    Default: \"true\"",
                        "deletion protection would block the rollback of a first deployment"),
                broken("RetentionInDays: !Ref LogRetentionDays", "", "IntakeLogs keeps logs forever"),
                broken(
                        "VisibilityTimeout: 1800",
                        "VisibilityTimeout: 1799",
                        "DispatchFunction may still process a message that its queue delivers again"),
                broken(
                        "RedrivePolicy: { deadLetterTargetArn: !GetAtt DispatchDeadLetters.Arn, maxReceiveCount: 100 }",
                        "",
                        "DispatchQueue has no dead-letter queue"),
                broken("OnFailure:", "OnSuccess:", "IntakeFunction drops failed events"),
                broken(
                        "!GetAtt DispatchDeadLetters.QueueName",
                        "!GetAtt DispatchQueue.QueueName",
                        "no alarm for messages in DispatchDeadLetters"),
                broken(
                        "MessageRetentionPeriod: 1209600",
                        "MessageRetentionPeriod: 345600",
                        "IntakeFailures does not keep messages for 14 days"),
                broken("BatchSize: 1", "BatchSize: 10", "Dispatch takes several chunks per invocation"),
                broken("[ReportBatchItemFailures]", "[]", "Dispatch can't return a message"),
                broken(
                        "MaximumConcurrency: !Ref Senders",
                        "MaximumConcurrency: 1000",
                        "the number of senders is not limited"),
                broken("MinValue: 2\n", "MinValue: 1\n", "Lambda refuses a MaximumConcurrency under 2"),
                broken("RecursiveLoop: Allow", "RecursiveLoop: Terminate", "Lambda stops a chunk after 16 hand-overs"),
                broken(
                        "STALE_AFTER_SECONDS: 900",
                        "STALE_AFTER_SECONDS: 60",
                        "a claim is stale while its sender may still run"),
                broken(
                        "Events: s3:ObjectCreated:*",
                        "Events: s3:ObjectCreated:Put",
                        "some uploads don't invoke Intake"),
                broken("SkipBuild: true", "SkipBuild: false", "IntakeFunction is not built by Maven"),
                broken(
                        "LogGroup: !Ref DispatchLogs",
                        "LogGroup: !Ref IntakeLogs",
                        "DispatchFunction shares its log group"),
                broken(
                        "Type: SQS\n          Properties:\n",
                        "Type: ScheduleV2\n          Properties:\n            ScheduleExpression: rate(1 minutes)\n",
                        "DispatchFunction has an invalid schedule: rate(1 minutes)"),
                broken("rate(1 minute)", "rate(1 hour)", "the Sweep does not run each minute"),
                broken("MetricName: Held", "MetricName: Open", "no alarm for the Sweep's metric Held"),
                broken("MetricName: Broken", "MetricName: Open", "no alarm for the Sweep's metric Broken"),
                broken("IndexName: open-index", "IndexName: other-index", "Runs has no open-index"),
                broken("bounce, complaint, reject", "bounce, complaint", "some types of SES events are missing"),
                broken(
                        "TopicARN: !Ref FeedbackTopic",
                        "TopicARN: !Ref Alarms",
                        "SES's events go to a topic that no queue subscribes to"),
                broken(
                        "Endpoint: !GetAtt FeedbackQueue.Arn",
                        "Endpoint: !GetAtt FeedbackDeadLetters.Arn",
                        "SES's events go to a queue that no function reads"),
                broken(
                        "MessageRetentionPeriod: 345600",
                        "MessageRetentionPeriod: 1209600",
                        "FeedbackQueue does not keep messages for 4 days"),
                broken("SendingOptions: {", "TrackingOptions: {", "SesConfiguration tracks"),
                broken(
                        "Description: A larger recipient list is refused (TOO_LARGE).",
                        "",
                        "MaxListMegabytes lacks a description, a default or limits"));
    }

    @ParameterizedTest
    @MethodSource("breakages")
    void finds_each_fault(String was, String is, String fault) {
        assertThat(TEXT).contains(was);
        var broken = broken(was, is);
        assertThat(rules().flatMap(rule -> rule.getPayload().apply(broken).stream()))
                .contains(fault);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void has_a_fault_for_each_rule_to_find(Rule rule) {
        assertThat(FAULTS.entrySet())
                .anySatisfy(fault -> assertThat(rule.apply(fault.getValue())).contains(fault.getKey()));
    }

    @Test
    void lists_the_resources_in_the_order_of_the_flow() {
        assertThat(TEMPLATE.section("Resources").keySet())
                .containsSubsequence(
                        "Uploads",
                        "IntakeFunction",
                        "DispatchQueue",
                        "DispatchFunction",
                        "SesConfiguration",
                        "FeedbackFunction",
                        "Sends",
                        "SweepFunction",
                        "Evidence");
    }

    /** CloudFormation can't update a stack whose creation was rolled back. */
    @Test
    void a_stack_whose_first_deployment_failed_is_deleted() {
        assertThat(Path.of("samconfig.toml")).content().contains("\non_failure = \"DELETE\"\n");
    }

    private static Named<Rule> rule(String name, Rule rule) {
        return Named.of(name, rule);
    }

    private static Template broken(String was, String is) {
        return Template.of(TEXT.replaceFirst(Pattern.quote(was), Matcher.quoteReplacement(is)));
    }

    private static Arguments broken(String was, String is, String fault) {
        return arguments(was, is, fault);
    }
}

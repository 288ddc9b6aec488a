package dk.underret.template;

import static dk.underret.template.Template.events;
import static dk.underret.template.Template.list;
import static dk.underret.template.Template.map;
import static dk.underret.template.Template.referred;

import dk.underret.template.Template.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for triggers, retries, failures and alarms. Each rule returns a sentence per fault. */
final class FlowRules {
    /** The longest timeout of a Lambda function, in seconds. */
    private static final int LAMBDA_LIMIT = 900;

    /** Schedule expressions, with cron's six fields: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html. */
    private static final Pattern SCHEDULE =
            Pattern.compile("rate\\((1 (minute|hour|day)|([2-9]|[1-9]\\d+) (minutes|hours|days))\\)"
                    + "|cron\\([\\d*/,-]+ [\\d*/,-]+ [\\d*?/,LW-]+ [\\d*/,A-Z-]+ [\\d*?/,A-Z#-]+ [\\d*/,-]+\\)"
                    + "|at\\(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\)");

    private FlowRules() {}

    static List<String> a_message_stays_hidden_for_six_times_the_functions_timeout(Template template) {
        return queueEvents(template)
                .filter(event -> seconds(event.queue(template).at("VisibilityTimeout"))
                        < 6 * seconds(event.function().at("Timeout")))
                .map(event -> event.function().name() + " may still process a message that its queue delivers again")
                .toList();
    }

    static List<String> failures_go_to_a_dead_letter_queue(Template template) {
        var faults = new ArrayList<String>();
        queueEvents(template).forEach(event -> {
            if (deadLetters(event.queue(template)).isEmpty())
                faults.add(event.queue(template).name() + " has no dead-letter queue");
        });
        template.functions()
                .filter(function -> events(function).values().stream().anyMatch(FlowRules::isAsynchronous))
                .filter(function -> failureDestination(function).isEmpty())
                .forEach(function -> faults.add(function.name() + " drops failed events"));
        return faults;
    }

    static List<String> every_dead_letter_queue_has_an_alarm(Template template) {
        var watched = template.resources("AWS::CloudWatch::Alarm")
                .filter(alarm -> alarm.at("MetricName").equals(Optional.of("ApproximateNumberOfMessagesVisible")))
                .filter(alarm -> list(alarm.at("AlarmActions").orElse(null)).stream()
                        .map(Template::referred)
                        .anyMatch("Alarms"::equals))
                .map(alarm ->
                        referred(map(list(alarm.at("Dimensions").orElseThrow()).getFirst())
                                .get("Value")))
                .toList();
        return Stream.concat(
                        template.resources("AWS::SQS::Queue")
                                .map(FlowRules::deadLetters)
                                .flatMap(Optional::stream),
                        template.functions().map(FlowRules::failureDestination).flatMap(Optional::stream))
                .filter(queue -> !watched.contains(queue))
                .map(queue -> "no alarm for messages in " + queue)
                .toList();
    }

    /** 14 days, so that an operator has time to act. The feedback queues contain addresses and keep messages for 4 days. */
    static List<String> queues_keep_messages_for_fourteen_days(Template template) {
        return template.resources("AWS::SQS::Queue")
                .filter(queue -> !queue.name().startsWith("Feedback"))
                .filter(queue -> seconds(queue.at("MessageRetentionPeriod")) != 14 * 24 * 60 * 60)
                .map(queue -> queue.name() + " does not keep messages for 14 days")
                .toList();
    }

    static List<String> dispatch_takes_one_chunk_per_invocation_with_the_configured_senders(Template template) {
        var chunk = map(
                map(events(template.resource("DispatchFunction")).get("Chunk")).get("Properties"));
        var faults = new ArrayList<String>();
        if (!Objects.equals(chunk.get("BatchSize"), 1)) faults.add("Dispatch takes several chunks per invocation");
        if (!list(chunk.get("FunctionResponseTypes")).contains("ReportBatchItemFailures"))
            faults.add("Dispatch can't return a message");
        if (!referred(map(chunk.get("ScalingConfig")).get("MaximumConcurrency")).equals("Senders"))
            faults.add("the number of senders is not limited");
        if (!Objects.equals(map(template.section("Parameters").get("Senders")).get("MinValue"), 2))
            faults.add("Lambda refuses a MaximumConcurrency under 2");
        return faults;
    }

    /** SES's events go to the feedback function. Both queues contain addresses and keep messages for 4 days. */
    static List<String> ses_events_reach_feedback(Template template) {
        var faults = new ArrayList<String>();
        var events = template.resource("SesEvents");
        var wanted = Set.of("send", "delivery", "bounce", "complaint", "reject", "deliveryDelay", "renderingFailure");
        if (!referred(events.at("ConfigurationSetName").orElse(null)).equals("SesConfiguration"))
            faults.add("SES's events come from another configuration set");
        if (!wanted.equals(Set.copyOf(
                list(events.at("EventDestination", "MatchingEventTypes").orElse(null)))))
            faults.add("some types of SES events are missing");
        if (!referred(events.at("EventDestination", "SnsDestination", "TopicARN")
                        .orElse(null))
                .equals(referred(
                        template.resource("FeedbackSubscription").at("TopicArn").orElse(null))))
            faults.add("SES's events go to a topic that no queue subscribes to");
        var mapping = map(map(events(template.resource("FeedbackFunction")).get("Feedback"))
                .get("Properties"));
        if (!referred(mapping.get("Queue"))
                .equals(referred(
                        template.resource("FeedbackSubscription").at("Endpoint").orElse(null))))
            faults.add("SES's events go to a queue that no function reads");
        if (!list(mapping.get("FunctionResponseTypes")).contains("ReportBatchItemFailures"))
            faults.add("Feedback can't return a message");
        template.resources("AWS::SQS::Queue")
                .filter(queue -> queue.name().startsWith("Feedback"))
                .filter(queue -> seconds(queue.at("MessageRetentionPeriod")) != 4 * 24 * 60 * 60)
                .forEach(queue -> faults.add(queue.name() + " does not keep messages for 4 days"));
        return faults;
    }

    /** Recursive loop detection: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html. */
    static List<String> dispatch_may_requeue_a_chunk_for_itself(Template template) {
        return template.resource("DispatchFunction").at("RecursiveLoop").equals(Optional.of("Allow"))
                ? List.of()
                : List.of("Lambda stops a chunk after 16 hand-overs");
    }

    static List<String> a_claim_is_stale_only_when_its_function_can_no_longer_run(Template template) {
        var dispatch = template.resource("DispatchFunction");
        var stale = seconds(dispatch.at("Environment", "Variables", "STALE_AFTER_SECONDS"));
        return stale >= LAMBDA_LIMIT && seconds(dispatch.at("Timeout")) <= LAMBDA_LIMIT
                ? List.of()
                : List.of("a claim is stale while its sender may still run");
    }

    static List<String> every_upload_invokes_intake(Template template) {
        var upload = map(
                map(events(template.resource("IntakeFunction")).get("Upload")).get("Properties"));
        return "s3:ObjectCreated:*".equals(upload.get("Events")) && !upload.containsKey("Filter")
                ? List.of()
                : List.of("some uploads don't invoke Intake");
    }

    static List<String> every_function_is_built_by_maven_and_logs_to_its_own_group(Template template) {
        var groups = new HashSet<String>();
        var faults = new ArrayList<String>();
        template.functions().forEach(function -> {
            if (!function.at("CodeUri").equals(Optional.of("target/function"))
                    || !Boolean.TRUE.equals(
                            map(function.attributes().get("Metadata")).get("SkipBuild")))
                faults.add(function.name() + " is not built by Maven");
            var group = referred(function.at("LoggingConfig", "LogGroup").orElse(null));
            if (group.isEmpty() || !groups.add(group)) faults.add(function.name() + " shares its log group");
        });
        return faults;
    }

    static List<String> schedules_parse(Template template) {
        return template.functions()
                .flatMap(function -> events(function).values().stream()
                        .filter(FlowRules::isSchedule)
                        .map(event -> String.valueOf(map(event.get("Properties"))
                                .getOrDefault(
                                        "ScheduleExpression",
                                        map(event.get("Properties")).get("Schedule"))))
                        .filter(expression -> !SCHEDULE.matcher(expression).matches())
                        .map(expression -> function.name() + " has an invalid schedule: " + expression))
                .toList();
    }

    static List<String> opening_a_letter_is_not_tracked(Template template) {
        var faults = new ArrayList<String>();
        template.resources("AWS::SES::ConfigurationSet").forEach(set -> {
            if (set.at("TrackingOptions").isPresent()) faults.add(set.name() + " tracks");
            if (!referred(set.at("DeliveryOptions", "TlsPolicy").orElse(null)).equals("TlsPolicy"))
                faults.add(set.name() + " has no TLS policy");
            if (set.at("SuppressionOptions", "SuppressedReasons").isEmpty())
                faults.add(set.name() + " leaves suppression to the account");
        });
        template.resources("AWS::SES::ConfigurationSetEventDestination")
                .filter(destination -> destination.properties().toString().matches("(?is).*\\b(open|click)\\b.*"))
                .forEach(destination -> faults.add(destination.name() + " tracks"));
        return faults;
    }

    static List<String> every_parameter_is_described_and_limited(Template template) {
        return template.section("Parameters").entrySet().stream()
                .filter(entry -> {
                    var parameter = map(entry.getValue());
                    var bounded = Stream.of("AllowedValues", "AllowedPattern", "MinValue")
                            .anyMatch(parameter::containsKey);
                    var given =
                            parameter.containsKey("Default") || entry.getKey().equals("SenderAddresses");
                    return !bounded
                            || !given
                            || parameter
                                            .getOrDefault("Description", "")
                                            .toString()
                                            .length()
                                    < 30;
                })
                .map(entry -> entry.getKey() + " lacks a description, a default or limits")
                .toList();
    }

    /** An SQS event source of a function. */
    private record QueueEvent(Resource function, Map<String, Object> properties) {
        Resource queue(Template template) {
            return template.resource(referred(properties.get("Queue")));
        }
    }

    private static Stream<QueueEvent> queueEvents(Template template) {
        return template.functions()
                .flatMap(function -> events(function).values().stream()
                        .filter(event -> "SQS".equals(event.get("Type")))
                        .map(event -> new QueueEvent(function, map(event.get("Properties")))));
    }

    /**
     * Returns whether Lambda queues the events before the invocation: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html.
     * Schedules don't count, since the next tick repeats the work.
     */
    private static boolean isAsynchronous(Map<String, Object> event) {
        return !"SQS".equals(event.get("Type")) && !isSchedule(event);
    }

    private static boolean isSchedule(Map<String, Object> event) {
        return Set.of("Schedule", "ScheduleV2").contains(event.get("Type"));
    }

    /** The Sweep runs each minute. Alarms report its findings, its failures and its absence. */
    static List<String> the_sweep_runs_each_minute_and_has_alarms(Template template) {
        var faults = new ArrayList<String>();
        var sweep = template.resource("SweepFunction");
        if (events(sweep).values().stream()
                .noneMatch(event ->
                        "rate(1 minute)".equals(map(event.get("Properties")).get("ScheduleExpression"))))
            faults.add("the Sweep does not run each minute");
        var metrics = template.resources("AWS::CloudWatch::Alarm")
                .filter(alarm -> alarm.properties().toString().contains("SweepFunction"))
                .filter(alarm -> list(alarm.at("AlarmActions").orElse(null)).stream()
                        .map(Template::referred)
                        .anyMatch("Alarms"::equals))
                .map(alarm -> alarm.at("MetricName").orElse("").toString())
                .toList();
        Stream.of("Held", "Broken", "Late", "OnHold", "Paused", "Errors", "Invocations")
                .filter(metric -> !metrics.contains(metric))
                .forEach(metric -> faults.add("no alarm for the Sweep's metric " + metric));
        return faults;
    }

    /** A sparse index finds open runs without a scan. */
    static List<String> open_runs_are_found_without_a_scan(Template template) {
        var indexes = list(
                        template.resource("Runs").at("GlobalSecondaryIndexes").orElse(null))
                .stream()
                .map(index -> map(index).get("IndexName"))
                .toList();
        return indexes.contains("open-index") ? List.of() : List.of("Runs has no open-index");
    }

    private static Optional<String> deadLetters(Resource queue) {
        return queue.at("RedrivePolicy", "deadLetterTargetArn").map(Template::referred);
    }

    private static Optional<String> failureDestination(Resource function) {
        return function.at("EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination")
                .map(Template::referred);
    }

    private static int seconds(Optional<Object> value) {
        return value.map(Object::toString).map(Integer::parseInt).orElse(0);
    }
}

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

/** How the functions are driven, and what becomes of what they fail at. A sentence per fault. */
final class FlowRules {
    /** Longest life of a Lambda function in seconds. */
    private static final int LAMBDA_LIMIT = 900;

    /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html; cron's six fields. */
    private static final Pattern SCHEDULE =
            Pattern.compile("rate\\((1 (minute|hour|day)|([2-9]|[1-9]\\d+) (minutes|hours|days))\\)"
                    + "|cron\\([\\d*/,-]+ [\\d*/,-]+ [\\d*?/,LW-]+ [\\d*/,A-Z-]+ [\\d*?/,A-Z#-]+ [\\d*/,-]+\\)"
                    + "|at\\(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\)");

    private FlowRules() {}

    static List<String> a_message_stays_hidden_for_six_times_the_functions_timeout(Template template) {
        return queueEvents(template)
                .filter(event -> seconds(event.queue(template).at("VisibilityTimeout"))
                        < 6 * seconds(event.function().at("Timeout")))
                .map(event -> event.function().name() + " may still be at a message that its queue hands out again")
                .toList();
    }

    static List<String> what_fails_has_somewhere_to_go(Template template) {
        var faults = new ArrayList<String>();
        queueEvents(template).forEach(event -> {
            if (deadLetters(event.queue(template)).isEmpty())
                faults.add(event.queue(template).name() + " has no dead-letter queue");
        });
        template.functions()
                .filter(function -> events(function).values().stream().anyMatch(FlowRules::isAsynchronous))
                .filter(function -> failureDestination(function).isEmpty())
                .forEach(function -> faults.add(function.name() + " drops what it fails at"));
        return faults;
    }

    static List<String> somebody_hears_of_what_failed(Template template) {
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
                .map(queue -> "nobody hears of what lies in " + queue)
                .toList();
    }

    /** 14 days for what a person must look at; feedback's queues, which hold addresses, 4. */
    static List<String> queues_keep_messages_for_fourteen_days(Template template) {
        return template.resources("AWS::SQS::Queue")
                .filter(queue -> !queue.name().startsWith("Feedback"))
                .filter(queue -> seconds(queue.at("MessageRetentionPeriod")) != 14 * 24 * 60 * 60)
                .map(queue -> queue.name() + " does not keep messages for 14 days")
                .toList();
    }

    static List<String> dispatch_takes_one_chunk_at_a_time_in_as_many_senders_as_wanted(Template template) {
        var chunk = map(
                map(events(template.resource("DispatchFunction")).get("Chunk")).get("Properties"));
        var faults = new ArrayList<String>();
        if (!Objects.equals(chunk.get("BatchSize"), 1)) faults.add("Dispatch takes several chunks at once");
        if (!list(chunk.get("FunctionResponseTypes")).contains("ReportBatchItemFailures"))
            faults.add("Dispatch can't hand a message back");
        if (!referred(map(chunk.get("ScalingConfig")).get("MaximumConcurrency")).equals("Senders"))
            faults.add("there are more senders than wanted");
        if (!Objects.equals(map(template.section("Parameters").get("Senders")).get("MinValue"), 2))
            faults.add("Lambda refuses a MaximumConcurrency under 2");
        return faults;
    }

    /** The events of architecture's feedback, and their way to the function; both queues hold addresses and keep them for 4 days. */
    static List<String> ses_events_reach_feedback(Template template) {
        var faults = new ArrayList<String>();
        var events = template.resource("SesEvents");
        var wanted = Set.of("send", "delivery", "bounce", "complaint", "reject", "deliveryDelay", "renderingFailure");
        if (!referred(events.at("ConfigurationSetName").orElse(null)).equals("SesConfiguration"))
            faults.add("SES's events are of another configuration set");
        if (!wanted.equals(Set.copyOf(
                list(events.at("EventDestination", "MatchingEventTypes").orElse(null)))))
            faults.add("SES's events are not all");
        if (!referred(events.at("EventDestination", "SnsDestination", "TopicARN")
                        .orElse(null))
                .equals(referred(
                        template.resource("FeedbackSubscription").at("TopicArn").orElse(null))))
            faults.add("SES's events go to a topic that no queue hears");
        var mapping = map(map(events(template.resource("FeedbackFunction")).get("Feedback"))
                .get("Properties"));
        if (!referred(mapping.get("Queue"))
                .equals(referred(
                        template.resource("FeedbackSubscription").at("Endpoint").orElse(null))))
            faults.add("SES's events go to a queue that no function takes from");
        if (!list(mapping.get("FunctionResponseTypes")).contains("ReportBatchItemFailures"))
            faults.add("Feedback can't hand a message back");
        template.resources("AWS::SQS::Queue")
                .filter(queue -> queue.name().startsWith("Feedback"))
                .filter(queue -> seconds(queue.at("MessageRetentionPeriod")) != 4 * 24 * 60 * 60)
                .forEach(queue -> faults.add(queue.name() + " does not keep messages for 4 days"));
        return faults;
    }

    /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
    static List<String> dispatch_may_hand_a_chunk_on_to_itself(Template template) {
        return template.resource("DispatchFunction").at("RecursiveLoop").equals(Optional.of("Allow"))
                ? List.of()
                : List.of("Lambda stops a chunk's chain of hand-overs after 16");
    }

    static List<String> a_claim_is_stale_only_when_its_function_can_no_longer_run(Template template) {
        var dispatch = template.resource("DispatchFunction");
        var stale = seconds(dispatch.at("Environment", "Variables", "STALE_AFTER_SECONDS"));
        return stale >= LAMBDA_LIMIT && seconds(dispatch.at("Timeout")) <= LAMBDA_LIMIT
                ? List.of()
                : List.of("a claim counts as abandoned while its sender may live");
    }

    static List<String> every_upload_gets_an_answer(Template template) {
        var upload = map(
                map(events(template.resource("IntakeFunction")).get("Upload")).get("Properties"));
        return "s3:ObjectCreated:*".equals(upload.get("Events")) && !upload.containsKey("Filter")
                ? List.of()
                : List.of("some uploads get no answer");
    }

    static List<String> every_function_is_built_by_maven_and_logs_to_its_own_group(Template template) {
        var groups = new HashSet<String>();
        var faults = new ArrayList<String>();
        template.functions().forEach(function -> {
            if (!function.at("CodeUri").equals(Optional.of("target/function"))
                    || !Boolean.TRUE.equals(
                            map(function.attributes().get("Metadata")).get("SkipBuild")))
                faults.add(function.name() + " is not what Maven built");
            var group = referred(function.at("LoggingConfig", "LogGroup").orElse(null));
            if (group.isEmpty() || !groups.add(group)) faults.add(function.name() + " has no log of its own");
        });
        return faults;
    }

    static List<String> schedules_parse(Template template) {
        return template.functions()
                .flatMap(function -> events(function).values().stream()
                        .filter(event -> Set.of("Schedule", "ScheduleV2").contains(event.get("Type")))
                        .map(event -> String.valueOf(map(event.get("Properties"))
                                .getOrDefault(
                                        "ScheduleExpression",
                                        map(event.get("Properties")).get("Schedule"))))
                        .filter(expression -> !SCHEDULE.matcher(expression).matches())
                        .map(expression -> function.name() + " has no schedule by " + expression))
                .toList();
    }

    static List<String> nobody_is_watched_opening_a_letter(Template template) {
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

    static List<String> every_parameter_explains_itself(Template template) {
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
                .map(entry -> entry.getKey() + " says too little of itself")
                .toList();
    }

    /** A function's event of type SQS. */
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

    /** Lambda's own queue stands between these and the function: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html */
    private static boolean isAsynchronous(Map<String, Object> event) {
        return !"SQS".equals(event.get("Type"));
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

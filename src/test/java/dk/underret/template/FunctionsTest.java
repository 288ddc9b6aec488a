package dk.underret.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dk.underret.lambda.Settings;
import dk.underret.template.Template.Resource;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the template with the code that it deploys: handlers, environment variables and permissions. */
class FunctionsTest {
    private static final Template TEMPLATE = Template.of(Template.text());

    /** Environment variables that the JVM reads. */
    private static final Set<String> JVM_VARIABLES = Set.of("JAVA_TOOL_OPTIONS");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dk.underret");

    /**
     * The actions that each SDK call requires. In S3, reading a named version is a separate action. Without ListBucket, S3 responds
     * with 403 instead of 404 for a deleted list.
     */
    private static final Map<String, Set<String>> ACTIONS = Map.ofEntries(
            Map.entry(
                    "S3Lists.open S3Client.getObject", Set.of("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket")),
            Map.entry("S3Letters.newest S3Client.getObject", Set.of("s3:GetObject")),
            Map.entry("S3Letters.frozen S3Client.getObject", Set.of("s3:GetObjectVersion")),
            Map.entry("S3Chunks.get S3Client.getObjectAsBytes", Set.of("s3:GetObject")),
            Map.entry("S3PreviewMails.find S3Client.getObjectAsBytes", Set.of("s3:GetObject")),
            Map.entry("S3Client.putObject", Set.of("s3:PutObject")),
            Map.entry("S3Client.deleteObjects", Set.of("s3:DeleteObject")),
            Map.entry("S3Client.listObjectsV2Paginator", Set.of("s3:ListBucket")),
            Map.entry("DynamoDbClient.getItem", Set.of("dynamodb:GetItem")),
            Map.entry("DynamoDbClient.batchGetItem", Set.of("dynamodb:BatchGetItem")),
            Map.entry("DynamoDbClient.queryPaginator", Set.of("dynamodb:Query")),
            Map.entry("DynamoDbClient.putItem", Set.of("dynamodb:PutItem")),
            Map.entry("DynamoDbClient.updateItem", Set.of("dynamodb:UpdateItem")),
            Map.entry("DynamoDbClient.transactWriteItems", Set.of("dynamodb:UpdateItem")),
            Map.entry("SqsClient.sendMessageBatch", Set.of("sqs:SendMessage")),
            Map.entry("SqsClient.changeMessageVisibility", Set.of("sqs:ChangeMessageVisibility")),
            Map.entry("KmsClient.generateMac", Set.of("kms:GenerateMac")),
            Map.entry("SesV2Client.sendEmail", Set.of("ses:SendEmail")),
            Map.entry("SesV2Client.getAccount", Set.of("ses:GetAccount")),
            Map.entry("SesV2Client.getEmailIdentity", Set.of("ses:GetEmailIdentity")));

    /** The resource that {@code Wiring} gives to each class that calls the SDK. */
    private static final Map<String, String> STORES = Map.ofEntries(
            Map.entry("S3Lists", "Uploads"),
            Map.entry("S3Letters", "Uploads"),
            Map.entry("S3Chunks", "Work"),
            Map.entry("S3Previews", "Work"),
            Map.entry("S3PreviewMails", "Work"),
            Map.entry("S3UnreachedLists", "Work"),
            Map.entry("S3Evidence", "Evidence"),
            Map.entry("DynamoIncidents", "Incidents"),
            Map.entry("HoldItem", "Incidents"),
            Map.entry("DynamoRuns", "Runs"),
            Map.entry("ChunkQueueState", "Runs"),
            Map.entry("DynamoLedger", "Sends"),
            Map.entry("NoticeRecords", "Sends"),
            Map.entry("NoticePartitions", "Incidents"),
            Map.entry("SqsWork", "DispatchQueue"),
            Map.entry("SqsReceipts", "DispatchQueue"),
            Map.entry("KmsKeys", "MacKey"),
            Map.entry("SesMailer", "SES"),
            Map.entry("SesAccounts", "SES"));

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("IntakeFunction", (Function<Map<String, String>, Settings>) Settings::intake),
                Arguments.of("DispatchFunction", (Function<Map<String, String>, Settings>) Settings::dispatch),
                Arguments.of("FeedbackFunction", (Function<Map<String, String>, Settings>) Settings::feedback),
                Arguments.of("SweepFunction", (Function<Map<String, String>, Settings>) Settings::sweep));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void get_exactly_the_variables_that_they_read(String function, Function<Map<String, String>, Settings> settings) {
        var given = variables(TEMPLATE.resource(function));
        var read = new TreeSet<String>();

        settings.apply(new Recorded(given, read));

        given.keySet().removeAll(JVM_VARIABLES);
        assertThat(read).isEqualTo(given.keySet());
    }

    @Test
    void have_handlers_that_exist() {
        assertThat(TEMPLATE.functions()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(function -> {
            var handler = Class.forName((String) function.at("Handler").orElseThrow());
            assertThat(RequestHandler.class).isAssignableFrom(handler);
            assertThat(handler.getConstructor())
                    .as("no-argument constructor for Lambda")
                    .isNotNull();
        });
    }

    static Stream<Named<Resource>> all() {
        return TEMPLATE.functions().map(function -> Named.of(function.name(), function));
    }

    /** Compares pairs of action and resource. Lambda's own calls with the function's role count as well. */
    @ParameterizedTest
    @MethodSource("all")
    void has_exactly_the_permissions_that_its_code_requires(Resource function) {
        var wanted = calls((String) function.at("Handler").orElseThrow())
                .flatMap(FunctionsTest::permissions)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wanted).isNotEmpty();
        wanted.addAll(lambdasOwn(function));

        assertThat(granted(function)).isEqualTo(wanted);
    }

    /** Returns every call of an SDK client that is reachable from a handler. */
    private static Stream<JavaMethodCall> calls(String handler) {
        return ReachableMethods.from(CODE, handler).stream()
                .flatMap(unit -> unit.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getSimpleName().matches("(S3|DynamoDb|Sqs|Kms|SesV2)Client"))
                .filter(call -> !Set.of("builder", "close").contains(call.getName()));
    }

    private static Stream<String> permissions(JavaMethodCall call) {
        var caller = call.getOriginOwner().getSimpleName();
        var method = call.getTargetOwner().getSimpleName() + "." + call.getName();
        var place = caller + "." + call.getOrigin().getName() + " " + method;
        var actions = ACTIONS.getOrDefault(place, ACTIONS.get(method));
        assertThat(actions).as("actions required by %s", place).isNotNull();
        assertThat(STORES).as("resource of the calling class").containsKey(caller);
        return actions.stream().map(action -> action + " " + STORES.get(caller));
    }

    private static Set<String> granted(Resource function) {
        var role = Template.referred(function.at("Role").orElseThrow());
        return PermissionRules.grants(TEMPLATE).stream()
                .filter(grant -> grant.role().equals(role))
                .flatMap(grant -> grant.actions().stream()
                        .flatMap(action -> grant.targets().stream()
                                .map(target -> action + " " + (action.startsWith("ses:") ? "SES" : store(target)))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The template writes out the name of the uploads bucket where a reference would be circular. */
    private static String store(Object target) {
        return target.toString().contains("underret-uploads-") ? "Uploads" : Template.referred(target);
    }

    /** Lambda reads the function's queue, reports failed events and writes the log. The stores use the data key. */
    private static Set<String> lambdasOwn(Resource function) {
        var own = new TreeSet<>(Set.of("kms:Decrypt DataKey", "kms:GenerateDataKey DataKey"));
        var logs = Template.referred(function.at("LoggingConfig", "LogGroup").orElseThrow());
        own.addAll(Set.of("logs:CreateLogStream " + logs, "logs:PutLogEvents " + logs));
        for (var event : Template.events(function).values()) {
            var queue = Template.referred(Template.map(event.get("Properties")).get("Queue"));
            if (!queue.isEmpty())
                for (var action : Set.of("ReceiveMessage", "DeleteMessage", "GetQueueAttributes"))
                    own.add("sqs:" + action + " " + queue);
        }
        function.at("EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination")
                .ifPresent(queue -> own.add("sqs:SendMessage " + Template.referred(queue)));
        return own;
    }

    /** Returns a function's variables with the default values of parameters. References to resources are not resolved. */
    private static Map<String, String> variables(Resource function) {
        var variables = new TreeMap<String, String>();
        Template.map(function.at("Environment", "Variables").orElseThrow())
                .forEach((name, value) -> variables.put(name, value(value)));
        return variables;
    }

    private static String value(Object value) {
        if (!(value instanceof Map<?, ?>)) return value.toString();
        var parameter = Template.map(TEMPLATE.section("Parameters").get(Template.referred(value)));
        return parameter.containsKey("Default") ? parameter.get("Default").toString() : value.toString();
    }

    /** An environment that records the names that are read. */
    private static final class Recorded extends AbstractMap<String, String> {
        private final Map<String, String> values;
        private final Set<String> read;

        Recorded(Map<String, String> values, Set<String> read) {
            this.values = Map.copyOf(values);
            this.read = read;
        }

        @Override
        public String get(Object name) {
            read.add((String) name);
            return values.get(name);
        }

        @Override
        public String getOrDefault(Object name, String otherwise) {
            var value = get(name);
            return value == null ? otherwise : value;
        }

        @Override
        public boolean containsKey(Object name) {
            return get(name) != null;
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return values.entrySet();
        }
    }
}

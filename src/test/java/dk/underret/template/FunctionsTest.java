package dk.underret.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaAccess;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The template against the code that it deploys: handlers, variables, and the calls that the roles allow. */
class FunctionsTest {
    private static final Template TEMPLATE = Template.of(Template.text());

    /** What the JVM reads, not the function. */
    private static final Set<String> THE_JVMS = Set.of("JAVA_TOOL_OPTIONS");

    /** The SDK's calls by the actions that they need; Lambda's own polling and logging need the rest. */
    private static final Map<String, Set<String>> ACTIONS = Map.ofEntries(
            Map.entry("S3Client.getObject", Set.of("s3:GetObject", "s3:GetObjectVersion")),
            Map.entry("S3Client.getObjectAsBytes", Set.of("s3:GetObject", "s3:GetObjectVersion")),
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

    private static final Set<String> LAMBDAS_OWN = Set.of(
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "kms:Decrypt",
            "kms:GenerateDataKey");

    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of("IntakeFunction", (Function<Map<String, String>, Settings>) Settings::intake),
                Arguments.of("DispatchFunction", (Function<Map<String, String>, Settings>) Settings::dispatch));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void get_every_variable_that_they_read_and_no_other(
            String function, Function<Map<String, String>, Settings> settings) {
        var given = variables(TEMPLATE.resource(function));
        var read = new TreeSet<String>();

        settings.apply(new Recorded(given, read));

        given.keySet().removeAll(THE_JVMS);
        assertThat(read).isEqualTo(given.keySet());
    }

    @Test
    void have_handlers_that_exist() {
        assertThat(TEMPLATE.functions()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(function -> {
            var handler = Class.forName((String) function.at("Handler").orElseThrow());
            assertThat(RequestHandler.class).isAssignableFrom(handler);
            assertThat(handler.getConstructor())
                    .as("the constructor that Lambda calls")
                    .isNotNull();
        });
    }

    @Test
    void may_do_what_the_code_calls_and_nothing_else() {
        var granted = PermissionRules.grants(TEMPLATE).stream()
                .flatMap(grant -> grant.actions().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        granted.removeAll(LAMBDAS_OWN);

        assertThat(calls()).isNotEmpty().allMatch(ACTIONS::containsKey);
        assertThat(granted)
                .isEqualTo(calls().stream()
                        .flatMap(call -> ACTIONS.get(call).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Every call of an SDK client in the package that alone may call it. */
    private static Set<String> calls() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dk.underret.aws")
                        .stream()
                        .flatMap(each -> each.getMethodCallsFromSelf().stream())
                        .filter(call ->
                                call.getTargetOwner().getSimpleName().matches("(S3|DynamoDb|Sqs|Kms|SesV2)Client"))
                        .filter(call -> !Set.of("builder", "close").contains(call.getName()))
                        .map(FunctionsTest::name)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(JavaAccess<?> call) {
        return call.getTargetOwner().getSimpleName() + "." + call.getName();
    }

    /** A function's variables with the values that they have by the parameters' defaults; names of resources stand for themselves. */
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

    /** An environment that notes what is asked of it. */
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

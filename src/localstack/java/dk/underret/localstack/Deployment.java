package dk.underret.localstack;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The one stack that the tests share, and its operator: LocalStack starts and the template is deployed before the first of them;
 * LocalStack ends after the last. Tests keep apart by their incidents. One that changes the stack itself makes one of its own.
 */
final class Deployment implements BeforeAllCallback, ParameterResolver {
    static final Map<String, String> PARAMETERS = Map.of(
            "SenderAddresses", "persondata@elverhoejfriskole.example,databeskyttelse@finans.example", "Language", "da");

    /** The template as it stands in the project. */
    static String template() {
        return Operator.read(Path.of("template.yaml"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Operator.class;
    }

    @Override
    public Operator resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return shared(context).operator();
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Deployment.class))
                .computeIfAbsent(Shared.class, type -> Shared.deploy(), Shared.class);
    }

    private record Shared(LocalStack localStack, Operator operator) implements AutoCloseable {
        static Shared deploy() {
            var localStack = LocalStack.start();
            try {
                Stack.upload(localStack);
                return new Shared(
                        localStack, new Operator(Stack.create(localStack, "underret", template(), PARAMETERS)));
            } catch (RuntimeException | Error e) {
                localStack.close();
                throw e;
            }
        }

        @Override
        public void close() {
            operator.close();
            localStack.close();
        }
    }
}

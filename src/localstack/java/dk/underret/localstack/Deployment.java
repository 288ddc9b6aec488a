package dk.underret.localstack;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Provides the stack that the tests share. It starts LocalStack and deploys the template before the first test, and stops LocalStack
 * after the last. Each test uses incidents of its own. A test that changes the stack itself deploys a separate one.
 */
final class Deployment implements BeforeAllCallback, ParameterResolver {
    static final Map<String, String> PARAMETERS = Map.of(
            "SenderAddresses", "persondata@elverhoejfriskole.example,databeskyttelse@finans.example", "Language", "da");

    /** Returns the project's template. */
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

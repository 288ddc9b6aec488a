package dk.underret.testing;

import dk.underret.aws.Clients;
import dk.underret.local.LocalAws;
import dk.underret.local.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The local AWS without functions, for tests of AWS clients. All test classes share it and get it as a parameter. */
public final class WithLocalAws implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Services.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WithLocalAws.class))
                .computeIfAbsent(Services.class);
    }

    /** The running services. */
    public static final class Services implements AutoCloseable {
        private final Path folder;
        private final LocalAws aws;

        /** Starts the services. */
        public Services() throws Exception {
            folder = Files.createTempDirectory("local-aws-");
            aws = LocalAws.start(Parameters.of(folder, folder).functions("", List.of()));
        }

        /** Returns the local AWS. */
        public LocalAws aws() {
            return aws;
        }

        /** Returns the SDK's clients as the functions configure them. */
        public Clients clients() {
            var variables = new HashMap<>(Map.of(
                    "AWS_REGION", LocalAws.REGION, "AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local"));
            aws.endpoints()
                    .forEach((service, url) ->
                            variables.put("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT), url));
            return new Clients(variables);
        }

        @Override
        public void close() throws Exception {
            aws.close();
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }
}

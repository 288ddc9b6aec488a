package dk.underret.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A deployed stack: the template, deployed by a change set, and the artefact that Maven built.
 *
 * @param localStack LocalStack that runs the stack
 * @param name name of the stack
 * @param outputs outputs of the template by name
 */
record Stack(LocalStack localStack, String name, Map<String, String> outputs) {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final String ARTEFACTS = "artefacts";
    private static final String KEY = "function.zip";

    /** Copies the outputs. */
    Stack {
        outputs = Map.copyOf(outputs);
    }

    /** Uploads the artefact to the bucket from which stacks load their functions. */
    static void upload(LocalStack localStack) {
        localStack.aws(
                "s3api",
                "create-bucket",
                "--bucket",
                ARTEFACTS,
                "--create-bucket-configuration",
                "LocationConstraint=" + LocalStack.REGION);
        var artefact = zip(Path.of(System.getProperty("function.directory")));
        localStack.aws("s3", "cp", "--no-progress", artefact.toString(), "s3://" + ARTEFACTS + "/" + KEY);
    }

    /**
     * Deploys a template for the first time.
     *
     * @throws AssertionError if the deployment fails, with each failed resource and its reason
     */
    static Stack create(LocalStack localStack, String name, String template, Map<String, String> parameters) {
        return new Stack(localStack, name, Map.of()).deploy("CREATE", template, parameters);
    }

    /** Updates this stack with another version of the template. */
    Stack update(String template, Map<String, String> parameters) {
        return deploy("UPDATE", template, parameters);
    }

    /** Deletes the stack. Resources with a retaining deletion policy stay. */
    void delete() {
        localStack.aws("cloudformation", "delete-stack", "--stack-name", name);
        Await.until(
                TIMEOUT,
                () -> localStack
                                .tryAws("cloudformation", "describe-stacks", "--stack-name", name)
                                .status()
                        != 0,
                this::status);
    }

    /** Returns the physical ids of the resources by logical id. */
    Map<String, String> resources() {
        var resources = new TreeMap<String, String>();
        for (var resource : json("describe-stack-resources").path("StackResources"))
            resources.put(
                    resource.path("LogicalResourceId").asText(),
                    resource.path("PhysicalResourceId").asText());
        return resources;
    }

    String output(String output) {
        var value = outputs.get(output);
        if (value == null) throw new AssertionError("the stack has no output " + output);
        return value;
    }

    private Stack deploy(String kind, String template, Map<String, String> parameters) {
        var file = write(template.replace("CodeUri: target/function", "CodeUri: s3://" + ARTEFACTS + "/" + KEY));
        var changeSet = "change-" + System.nanoTime();
        // From a bucket, since a template in the request body may have at most 51,200 bytes.
        localStack.aws("s3", "cp", file.toString(), "s3://" + ARTEFACTS + "/template.yaml");
        var command = new ArrayList<>(List.of(
                "cloudformation",
                "create-change-set",
                "--stack-name",
                name,
                "--change-set-name",
                changeSet,
                "--change-set-type",
                kind,
                "--template-url",
                localStack.endpoint() + "/" + ARTEFACTS + "/template.yaml",
                "--capabilities",
                "CAPABILITY_IAM",
                "CAPABILITY_AUTO_EXPAND"));
        if (!parameters.isEmpty()) command.add("--parameters");
        // In JSON, since the short form treats a comma in a value as a separator.
        parameters.forEach((key, value) ->
                command.add("{\"ParameterKey\":\"%s\",\"ParameterValue\":\"%s\"}".formatted(key, value)));
        localStack.aws(command.toArray(String[]::new));
        Await.until(
                TIMEOUT, () -> changeSetStatus(changeSet).equals("CREATE_COMPLETE"), () -> changeSetStatus(changeSet));
        localStack.aws("cloudformation", "execute-change-set", "--stack-name", name, "--change-set-name", changeSet);
        Await.until(TIMEOUT, () -> !status().endsWith("_IN_PROGRESS") && !status().isEmpty(), this::status);
        if (!status().equals(kind + "_COMPLETE"))
            throw new AssertionError(name + " is " + status() + ":\n" + failures());
        return new Stack(localStack, name, readOutputs());
    }

    private String changeSetStatus(String changeSet) {
        var set = LocalStack.json(localStack.aws(
                "cloudformation", "describe-change-set", "--stack-name", name, "--change-set-name", changeSet));
        var status = set.path("Status").asText();
        if (status.equals("FAILED"))
            throw new AssertionError(
                    "the change set failed: " + set.path("StatusReason").asText());
        return status;
    }

    private String status() {
        return json("describe-stacks")
                .path("Stacks")
                .path(0)
                .path("StackStatus")
                .asText();
    }

    private Map<String, String> readOutputs() {
        var outputs = new TreeMap<String, String>();
        for (var output : json("describe-stacks").path("Stacks").path(0).path("Outputs"))
            outputs.put(
                    output.path("OutputKey").asText(),
                    output.path("OutputValue").asText());
        return outputs;
    }

    /** Returns each failed resource with its reason. */
    private String failures() {
        var events = new ArrayList<JsonNode>();
        json("describe-stack-events").path("StackEvents").forEach(events::add);
        return events.stream()
                .filter(event -> event.path("ResourceStatus").asText().endsWith("_FAILED"))
                .filter(event -> !event.path("LogicalResourceId").asText().equals(name))
                .map(event -> event.path("LogicalResourceId").asText() + ": "
                        + event.path("ResourceStatusReason").asText())
                .collect(Collectors.joining("\n"));
    }

    private JsonNode json(String call) {
        return LocalStack.json(localStack.aws("cloudformation", call, "--stack-name", name));
    }

    private static Path write(String template) {
        try {
            return Files.writeString(
                    Path.of("target", "template-localstack.yaml").toAbsolutePath(), template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates the zip that {@code sam deploy} would upload from {@code sam build}'s input. */
    private static Path zip(Path folder) {
        var zip = Path.of("target", KEY);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var files = Files.walk(folder)) {
            out.setLevel(1);
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip;
    }
}

package dk.underret.local;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The class path of a function.
 *
 * @param function the function's own entries: jars, folders, or {@code lib} with a wildcard
 */
record FunctionPath(String function) {
    /** The jars that Lambda's Java runtime provides. */
    private static final List<String> RUNTIME_JARS = List.of(
            "aws-lambda-java-runtime-interface-client-", "aws-lambda-java-core-", "aws-lambda-java-serialization-");

    private static Path extractedLibrary;

    /** Returns the class path of the child process: Lambda's runtime interface client, then the function. */
    String withRuntime() {
        var runtime = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> RUNTIME_JARS.stream()
                        .anyMatch(
                                name -> Path.of(entry).getFileName().toString().startsWith(name)))
                .collect(Collectors.joining(File.pathSeparator));
        return runtime + File.pathSeparator + function;
    }

    /** Returns whether the function's own class path contains a class. */
    boolean contains(String className) throws IOException {
        try (var loader = new URLClassLoader(urls().toArray(URL[]::new), null)) {
            return loader.getResource(className.replace('.', '/') + ".class") != null;
        }
    }

    /** Extracts the native library of the runtime interface client, once per process, and returns the file. */
    static synchronized Path nativeLibrary() throws IOException {
        if (extractedLibrary != null) return extractedLibrary;
        var libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
        var machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        var name = "/jni/libaws-lambda-jni." + libc + "-" + machine + ".so";
        try (var library = AWSLambda.class.getResourceAsStream(name)) {
            if (library == null) throw new IOException("the runtime interface client has no native library " + name);
            var file = Files.createTempFile("aws-lambda-jni-", ".so");
            file.toFile().deleteOnExit();
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            extractedLibrary = file;
            return file;
        }
    }

    private List<URL> urls() throws IOException {
        var urls = new ArrayList<URL>();
        for (var entry : function.split(File.pathSeparator)) {
            if (!entry.endsWith("*")) {
                urls.add(url(Path.of(entry)));
                continue;
            }
            var folder = Path.of(entry.substring(0, entry.length() - 1));
            if (!Files.isDirectory(folder)) continue;
            try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
                for (var jar : jars) urls.add(url(jar));
            }
        }
        return urls;
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }
}

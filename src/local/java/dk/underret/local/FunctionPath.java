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

/** The class path of a function's process: Lambda's runtime interface client in front of the function's own. */
record FunctionPath(String function) {
    /** The jars that AWS's Java runtime brings along. */
    private static final List<String> RUNTIME = List.of(
            "aws-lambda-java-runtime-interface-client-", "aws-lambda-java-core-", "aws-lambda-java-serialization-");

    private static Path unpacked;

    /** As the child gets it. */
    String whole() {
        var runtime = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> RUNTIME.stream()
                        .anyMatch(
                                name -> Path.of(entry).getFileName().toString().startsWith(name)))
                .collect(Collectors.joining(File.pathSeparator));
        return runtime + File.pathSeparator + function;
    }

    /** Whether a class is on the function's own path. */
    boolean has(String className) throws IOException {
        try (var loader = new URLClassLoader(urls().toArray(URL[]::new), null)) {
            return loader.getResource(className.replace('.', '/') + ".class") != null;
        }
    }

    /** The runtime interface client's native library, as a file: unpacked once, for as long as this process lives. */
    static synchronized Path nativeLibrary() throws IOException {
        if (unpacked != null) return unpacked;
        var libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
        var machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        var name = "/jni/libaws-lambda-jni." + libc + "-" + machine + ".so";
        try (var library = AWSLambda.class.getResourceAsStream(name)) {
            if (library == null) throw new IOException("the runtime interface client has no library for this machine");
            var file = Files.createTempFile("aws-lambda-jni-", ".so");
            file.toFile().deleteOnExit();
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            unpacked = file;
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

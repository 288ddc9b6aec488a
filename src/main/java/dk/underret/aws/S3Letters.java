package dk.underret.aws;

import dk.underret.incident.FrozenNotice.FrozenLetter;
import dk.underret.letter.LetterSource;
import dk.underret.letter.Letters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** {@link Letters} in S3, with the key {@code letters/<name>/<locale>.hbs}. Uploaded letters override the shipped ones. */
public final class S3Letters implements Letters {
    private static final String EXTENSION = ".hbs";

    private final S3Client s3;
    private final String bucket;
    private final Letters shipped;

    /**
     * Creates letters of a bucket.
     *
     * @param bucket the name of the uploads bucket
     * @param shipped the letters to use if the bucket has none of a name and locale
     */
    public S3Letters(S3Client s3, String bucket, Letters shipped) {
        this.s3 = s3;
        this.bucket = bucket;
        this.shipped = shipped;
    }

    @Override
    public Optional<LetterSource> newest(String name, String locale) {
        try {
            var request = GetObjectRequest.builder().bucket(bucket).key(key(name, locale));
            return Optional.of(source(name, locale, s3.getObject(request.build())));
        } catch (NoSuchKeyException e) {
            return shipped.newest(name, locale);
        }
    }

    @Override
    public List<String> locales(String name) {
        var folder = "letters/" + name + "/";
        var locales = new TreeSet<>(shipped.locales(name));
        var pages = s3.listObjectsV2Paginator(
                request -> request.bucket(bucket).prefix(folder).delimiter("/"));
        for (var object : pages.contents()) {
            var file = object.key().substring(folder.length());
            if (file.endsWith(EXTENSION)) locales.add(file.substring(0, file.length() - EXTENSION.length()));
        }
        return List.copyOf(locales);
    }

    @Override
    public LetterSource frozen(FrozenLetter letter) {
        if (letter.version().equals(LetterSource.SHIPPED)) return shipped.frozen(letter);
        var description = "letter " + letter.name() + " in " + letter.locale() + ", version " + letter.version() + ", ";
        try {
            var request = GetObjectRequest.builder()
                    .bucket(bucket)
                    .key(key(letter.name(), letter.locale()))
                    .versionId(letter.version());
            var source = source(letter.name(), letter.locale(), s3.getObject(request.build()));
            if (!source.frozen().sha256().equals(letter.sha256()))
                throw new IllegalStateException(description + "differs from the frozen letter");
            return source;
        } catch (S3Exception e) {
            if (e.statusCode() != 404) throw e;
            throw new IllegalStateException(description + "doesn't exist", e);
        }
    }

    private static LetterSource source(String name, String locale, ResponseInputStream<GetObjectResponse> object) {
        try (object) {
            var source = LetterSource.read(name, locale, object.response().versionId(), object);
            // Closing the stream would read an oversized object to its end; aborting doesn't.
            if (object.read() >= 0) object.abort();
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String name, String locale) {
        return "letters/" + name + "/" + locale + EXTENSION;
    }
}

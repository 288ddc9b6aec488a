package dk.underret.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An upload holds a connection until it is closed. */
class ListsTest {
    @Test
    void closes_the_body_with_the_upload() throws IOException {
        var closed = new AtomicBoolean();
        var body = new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        new Lists.UploadedFile("v1", 0, body).close();
        assertThat(closed).isTrue();
    }
}

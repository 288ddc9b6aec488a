package dk.underret.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * Where the parts listen, chosen before they start, so that the children can start beside them.
 *
 * @param dynamodb DynamoDB Local's
 * @param sqs ElasticMQ's
 */
record Ports(int dynamodb, int sqs) {
    /** Free ones. */
    static Ports free() throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (var one = new ServerSocket(0, 1, loopback);
                var other = new ServerSocket(0, 1, loopback)) {
            return new Ports(one.getLocalPort(), other.getLocalPort());
        }
    }

    /** The endpoint at a port. */
    static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}

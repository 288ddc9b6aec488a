package dk.underret.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * The ports of DynamoDB Local and ElasticMQ. They are chosen before the servers start, so the functions can start in parallel.
 *
 * @param dynamodb port of DynamoDB Local
 * @param sqs port of ElasticMQ
 */
record Ports(int dynamodb, int sqs) {
    /** Finds free ports. */
    static Ports free() throws IOException {
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (var one = new ServerSocket(0, 1, loopback);
                var other = new ServerSocket(0, 1, loopback)) {
            return new Ports(one.getLocalPort(), other.getLocalPort());
        }
    }

    /** Returns the endpoint of a port. */
    static URI endpoint(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}

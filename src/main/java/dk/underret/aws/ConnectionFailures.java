package dk.underret.aws;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/**
 * Recognizes failures of Apache HttpClient 5 before any request was sent: no address, no connection, no TLS session, or no free
 * connection in the pool. After any other failure the request may have arrived.
 */
final class ConnectionFailures {
    private ConnectionFailures() {}

    /** Returns the code of the first such failure among an exception and its causes; empty if there is none. */
    static Optional<String> in(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, e -> e.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .map(ConnectionFailures::code)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> code(Throwable failure) {
        return switch (failure) {
            case UnknownHostException e -> Optional.of("UNKNOWN_HOST");
            case ConnectTimeoutException e -> Optional.of("CONNECT_TIMEOUT");
            case ConnectionRequestTimeoutException e -> Optional.of("NO_FREE_CONNECTION");
            case NoRouteToHostException e -> Optional.of("NO_ROUTE");
            case ConnectException e -> Optional.of("CONNECTION_REFUSED");
            case SSLHandshakeException e -> Optional.of("TLS_HANDSHAKE");
            case SSLPeerUnverifiedException e -> Optional.of("TLS_PEER");
            default -> Optional.empty();
        };
    }
}

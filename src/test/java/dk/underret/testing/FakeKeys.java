package dk.underret.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.underret.recipient.Keys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keys that are derived from the incident's id, so that they are the same in every run of a test. */
public final class FakeKeys implements Keys {
    private int requests;

    @Override
    public byte[] incidentKey(String incidentId) {
        requests++;
        try {
            return MessageDigest.getInstance("SHA-256").digest(("test key of " + incidentId).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the number of requested keys. */
    public int requests() {
        return requests;
    }
}

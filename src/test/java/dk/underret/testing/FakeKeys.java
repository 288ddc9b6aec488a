package dk.underret.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dk.underret.recipient.Keys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keys that follow from the incident's id, so that a test can tell them beforehand. */
public final class FakeKeys implements Keys {
    private int asked;

    @Override
    public byte[] incidentKey(String incidentId) {
        asked++;
        try {
            return MessageDigest.getInstance("SHA-256").digest(("test key of " + incidentId).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** How often a key was asked for. */
    public int asked() {
        return asked;
    }
}

package dk.underret.recipient;

/** The secret keys for hashing recipients' identities; implemented with {@code GenerateMac} of KMS. */
public interface Keys {
    /**
     * Returns the incident's key: {@code HMAC-SHA256(KMS key, "underret:" + incident)}, 32 bytes. Requests it from KMS once per
     * cold start and incident, and keeps it in memory only.
     */
    byte[] incidentKey(String incidentId);
}

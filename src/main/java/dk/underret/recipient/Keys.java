package dk.underret.recipient;

/** The secrets that recipients' identities are hashed with; KMS's {@code GenerateMac} behind it. */
public interface Keys {
    /**
     * The incident's key: {@code HMAC-SHA256(KMS key, "underret:" + incident)}, 32 bytes. Asked of KMS once per cold start and
     * incident, kept in memory only.
     */
    byte[] incidentKey(String incidentId);
}

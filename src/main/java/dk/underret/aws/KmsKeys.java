package dk.underret.aws;

import dk.underret.recipient.Keys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/** {@link Keys} of KMS: GenerateMac, whose secret never leaves it. Each incident's key is asked for once and kept in memory. */
public final class KmsKeys implements Keys {
    private final KmsClient kms;
    private final String keyId;
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /** With this key, of type HMAC_256. */
    public KmsKeys(KmsClient kms, String keyId) {
        this.kms = kms;
        this.keyId = keyId;
    }

    @Override
    public byte[] incidentKey(String incidentId) {
        return known.computeIfAbsent(incidentId, this::generate).clone();
    }

    private byte[] generate(String incidentId) {
        return kms.generateMac(request -> request.keyId(keyId)
                        .macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)
                        .message(SdkBytes.fromUtf8String("underret:" + incidentId)))
                .mac()
                .asByteArray();
    }
}

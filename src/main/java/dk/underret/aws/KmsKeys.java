package dk.underret.aws;

import dk.underret.recipient.Keys;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/**
 * {@link Keys} from KMS: GenerateMac with a secret that never leaves KMS. Requests each incident's key once and keeps it in memory.
 */
public final class KmsKeys implements Keys {
    private final KmsClient kms;
    private final String keyId;
    private final Map<String, byte[]> cache = new ConcurrentHashMap<>();

    /** Creates keys from the KMS key with this id or ARN, of type HMAC_256. */
    public KmsKeys(KmsClient kms, String keyId) {
        this.kms = kms;
        this.keyId = keyId;
    }

    @Override
    public byte[] incidentKey(String incidentId) {
        return cache.computeIfAbsent(incidentId, this::generate).clone();
    }

    private byte[] generate(String incidentId) {
        return kms.generateMac(request -> request.keyId(keyId)
                        .macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)
                        .message(SdkBytes.fromUtf8String("underret:" + incidentId)))
                .mac()
                .asByteArray();
    }
}

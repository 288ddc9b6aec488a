package dk.underret.local;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A KMS with {@code GenerateMac} and one HMAC_256 key, generated at each start. */
final class LocalKms implements WebServer.Handler {
    /** The ARN of the key. */
    static final String KEY_ID =
            "arn:aws:kms:" + LocalAws.REGION + ":" + LocalAws.ACCOUNT + ":key/5c2f0e0a-0000-4000-8000-000000000001";

    private final SecretKeySpec key;

    LocalKms() {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    @Override
    public Response handle(Request request) throws GeneralSecurityException {
        if (!request.header("x-amz-target").orElse("").equals("TrentService.GenerateMac"))
            return Response.error(400, "UnknownOperationException", "the local KMS supports GenerateMac only");
        var parameters = Json.read(request.body());
        if (!parameters.path("KeyId").asText().equals(KEY_ID))
            return Response.error(400, "NotFoundException", "unknown key");
        if (!parameters.path("MacAlgorithm").asText().equals("HMAC_SHA_256"))
            return Response.error(400, "InvalidKeyUsageException", "the key supports HMAC_SHA_256 only");
        var mac = Mac.getInstance(key.getAlgorithm());
        mac.init(key);
        var code = mac.doFinal(
                Base64.getDecoder().decode(parameters.path("Message").asText()));
        return Response.json(
                200,
                Map.of(
                        "KeyId",
                        KEY_ID,
                        "MacAlgorithm",
                        "HMAC_SHA_256",
                        "Mac",
                        Base64.getEncoder().encodeToString(code)));
    }
}

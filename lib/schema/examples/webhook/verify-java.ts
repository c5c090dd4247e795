export const verifyInJava = `import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

final class WebhookVerifier {
  /** Throws unless the portal sent this body within the last five minutes. Names of headers in lower case. */
  static void verify(String secret, Map<String, String> headers, byte[] rawBody) throws GeneralSecurityException {
    String id = headers.get("webhook-id");
    String timestamp = headers.get("webhook-timestamp");
    long ageInSeconds = Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(timestamp));
    if (ageInSeconds > 300) throw new GeneralSecurityException("too old, or from the future");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    byte[] expected = Base64.getEncoder().encode(mac.doFinal(rawBody));
    for (String signature : headers.get("webhook-signature").split(" ")) {
      if (!signature.startsWith("v1,")) continue;
      byte[] given = signature.substring(3).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(given, expected)) return;
    }
    throw new GeneralSecurityException("no signature fits");
  }
}
`;

package io.emailmonitor.simulator.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;

/** What a client signs with its certificate instead of sending a secret: a JWT. */
final class ClientAssertion {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long SKEW_SECONDS = 300;

  private final JsonNode header;
  private final JsonNode claims;
  private final byte[] signed;
  private final byte[] signature;

  private ClientAssertion(JsonNode header, JsonNode claims, byte[] signed, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signed = signed;
    this.signature = signature;
  }

  static ClientAssertion parse(String jwt) throws Refused {
    String[] parts = jwt.split("\\.", -1);
    try {
      if (parts.length == 3) {
        return new ClientAssertion(
            MAPPER.readTree(decode(parts[0])),
            MAPPER.readTree(decode(parts[1])),
            (parts[0] + '.' + parts[1]).getBytes(StandardCharsets.US_ASCII),
            decode(parts[2]));
      }
    } catch (IllegalArgumentException | IOException e) {
      // refused below
    }
    throw new Refused(LoginError.WRONG_CERTIFICATE);
  }

  /** The client's clock is the real one, whatever the simulator's says. */
  void check(App app, String tenant, Path certificateFile, Instant now) throws Refused {
    try (InputStream in = Files.newInputStream(certificateFile)) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      if (!names(certificate) || !isSignedWith(certificate) || !isFrom(app, tenant)) {
        throw new Refused(LoginError.WRONG_CERTIFICATE);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the certificate " + certificateFile + " is of no use", e);
    }
    if (claims.path("exp").asLong() < now.getEpochSecond() - SKEW_SECONDS
        || claims.path("nbf").asLong() > now.getEpochSecond() + SKEW_SECONDS) {
      throw new Refused(LoginError.ASSERTION_OUT_OF_TIME);
    }
  }

  private boolean names(Certificate certificate) throws GeneralSecurityException {
    return names("x5t#S256", "SHA-256", certificate) || names("x5t", "SHA-1", certificate);
  }

  /** Some libraries write it in base64's other alphabet, or with padding. */
  private boolean names(String field, String algorithm, Certificate certificate)
      throws GeneralSecurityException {
    String given = header.path(field).asText().replace('+', '-').replace('/', '_');
    return given.replaceAll("=+$", "").equals(thumbprint(algorithm, certificate));
  }

  private static String thumbprint(String algorithm, Certificate certificate)
      throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private boolean isSignedWith(Certificate certificate) throws GeneralSecurityException {
    Signature verifier;
    if (header.path("alg").asText().equals("PS256")) {
      verifier = Signature.getInstance("RSASSA-PSS");
      verifier.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    } else if (header.path("alg").asText().equals("RS256")) {
      verifier = Signature.getInstance("SHA256withRSA");
    } else {
      return false;
    }
    verifier.initVerify(certificate);
    verifier.update(signed);
    return verifier.verify(signature);
  }

  private boolean isFrom(App app, String tenant) {
    return claims.path("iss").asText().equals(app.clientId())
        && claims.path("sub").asText().equals(app.clientId())
        && claims.path("aud").asText().endsWith('/' + tenant + "/oauth2/v2.0/token");
  }

  private static byte[] decode(String part) {
    return Base64.getUrlDecoder().decode(part.replaceAll("=+$", ""));
  }
}

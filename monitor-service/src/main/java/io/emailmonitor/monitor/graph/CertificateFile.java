package io.emailmonitor.monitor.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its private key, as far as it can be judged without signing in.
 *
 * @param pem whether it is PEM; otherwise it is PFX
 * @param validUntil when the certificate ends
 */
public record CertificateFile(boolean pem, Instant validUntil) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String CERTIFICATE = BEGIN + "CERTIFICATE-----";
  private static final String KEY = BEGIN + "PRIVATE KEY-----";

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is of no use; the message says why, as in {@code cannot
   *     be read}
   */
  public static CertificateFile read(Path file, @Nullable String password) {
    try {
      byte[] content = Files.readAllBytes(file);
      String text = new String(content, StandardCharsets.ISO_8859_1);
      boolean pem = text.contains(BEGIN);
      X509Certificate certificate = pem ? fromPem(text) : fromPfx(content, password);
      return new CertificateFile(pem, certificate.getNotAfter().toInstant());
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("is not there");
    } catch (IOException e) {
      boolean wrongPassword = e.getCause() instanceof UnrecoverableKeyException;
      throw new IllegalArgumentException(
          wrongPassword
              ? "is a PFX file that the password does not open"
              : "cannot be read, or is neither PEM nor PFX (" + e.getClass().getSimpleName() + ")");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("holds no certificate that Java can read");
    }
  }

  private static X509Certificate fromPem(String text) throws GeneralSecurityException {
    if (!text.contains(KEY)) {
      throw new IllegalArgumentException(
          text.contains("PRIVATE KEY-----")
              ? "holds its private key in another form than plain PKCS #8 (convert it with openssl"
                  + " pkcs8 -topk8 -nocrypt)"
              : "holds no private key");
    }
    int start = text.indexOf(CERTIFICATE);
    if (start < 0) {
      throw new IllegalArgumentException("holds no certificate");
    }
    byte[] from = text.substring(start).getBytes(StandardCharsets.ISO_8859_1);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(from));
  }

  private static X509Certificate fromPfx(byte[] content, @Nullable String password)
      throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(
        new ByteArrayInputStream(content), password == null ? new char[0] : password.toCharArray());
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias) && keys.getCertificate(alias) instanceof X509Certificate found) {
        return found;
      }
    }
    throw new IllegalArgumentException("holds no certificate with a private key");
  }
}

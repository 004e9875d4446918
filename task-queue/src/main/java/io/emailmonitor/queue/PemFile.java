package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with certificates or a key in PEM form, and the setting that names it.
 *
 * @param setting for messages
 */
record PemFile(String setting, Path path) {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** The certificates in it, at least one. */
  List<Certificate> certificates() {
    List<String> found = CERTIFICATE.matcher(text()).results().map(m -> m.group()).toList();
    if (found.isEmpty()) {
      throw wrong("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
    }
    byte[] all = String.join("\n", found).getBytes(ISO_8859_1);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return List.copyOf(factory.generateCertificates(new ByteArrayInputStream(all)));
    } catch (CertificateException e) {
      throw wrong("holds a certificate that cannot be read: " + e.getMessage());
    }
  }

  /**
   * The private key in it.
   *
   * @param algorithm of the certificate that it belongs to
   */
  PrivateKey key(String algorithm) {
    Matcher key = KEY.matcher(text());
    if (!key.find()) {
      throw wrong(
          "holds no unencrypted private key in PEM form and PKCS#8 (-----BEGIN PRIVATE KEY-----)."
              + " This makes one: openssl pkcs8 -topk8 -nocrypt -in "
              + path
              + " -out key.pem");
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong("holds no " + algorithm + " key, as its certificate needs one");
    }
  }

  private String text() {
    try {
      return Files.readString(path, ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw wrong("does not exist");
    } catch (IOException e) {
      throw wrong("cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** What is wrong with the file, in words that name the setting. */
  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(setting + " is " + path + ", which " + what);
  }
}

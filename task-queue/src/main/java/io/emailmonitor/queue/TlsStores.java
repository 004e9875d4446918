package io.emailmonitor.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.util.List;
import redis.clients.jedis.SslOptions;

/** Makes of PEM files the stores that Jedis wants. */
final class TlsStores {
  static final String CA = "REDIS_TLS_CA";
  static final String CERTIFICATE = "REDIS_TLS_CERT";
  static final String KEY = "REDIS_TLS_KEY";

  /** Jedis reads stores again for each connection, which with PKCS12 takes a while. */
  private static final String STORE_TYPE = "JKS";

  /** The stores exist in memory only. */
  private static final char[] STORE_PASSWORD = "memory".toCharArray();

  private TlsStores() {}

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException naming the setting, its file and what is wrong with it
   */
  static SslOptions of(RedisTls files) {
    Path ca = files.ca();
    Path certificate = files.certificate();
    Path key = files.key();
    SslOptions.Builder options =
        SslOptions.builder().keyStoreType(STORE_TYPE).trustStoreType(STORE_TYPE);
    try {
      if (ca != null) {
        options.truststore(stored(authorities(ca)), STORE_PASSWORD);
      }
      if (certificate != null && key != null) {
        options.keystore(stored(identity(certificate, key)), STORE_PASSWORD);
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "The files of " + CA + ", " + CERTIFICATE + " and " + KEY + " cannot be used: " + e, e);
    }
    return options.build();
  }

  private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate trusted : new PemFile(CA, file).certificates()) {
      store.setCertificateEntry("ca" + number++, trusted);
    }
    return store;
  }

  private static KeyStore identity(Path certificateFile, Path key)
      throws GeneralSecurityException, IOException {
    List<Certificate> chain = new PemFile(CERTIFICATE, certificateFile).certificates();
    PublicKey known = chain.get(0).getPublicKey();
    PemFile keyFile = new PemFile(KEY, key);
    PrivateKey secret = keyFile.key(known.getAlgorithm());
    if (!belongTogether(secret, known)) {
      throw keyFile.wrong("does not belong to the certificate in " + certificateFile);
    }
    KeyStore store = empty();
    store.setKeyEntry("client", secret, STORE_PASSWORD, chain.toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    store.load(null, STORE_PASSWORD);
    return store;
  }

  private static SslOptions.Resource stored(KeyStore store)
      throws GeneralSecurityException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, STORE_PASSWORD);
    byte[] stored = out.toByteArray();
    return () -> new ByteArrayInputStream(stored);
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey known)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (known.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> known.getAlgorithm();
            });
    signature.initSign(secret);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(known);
    signature.update((byte) 1);
    return signature.verify(signed);
  }
}

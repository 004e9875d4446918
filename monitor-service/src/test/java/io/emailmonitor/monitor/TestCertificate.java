package io.emailmonitor.monitor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A key with its certificate: a server's on this machine, and an application's. */
public final class TestCertificate {
  public static final String PASSWORD = "pfx-s3cr3t";

  private final Path directory;
  private final HeldCertificate held;

  /** Writes the files there. */
  public TestCertificate(Path directory) throws IOException, GeneralSecurityException {
    this.directory = directory;
    this.held =
        new HeldCertificate.Builder()
            .addSubjectAlternativeName("localhost")
            .addSubjectAlternativeName("127.0.0.1")
            .rsa2048()
            .build();
    Files.writeString(pem(), held.privateKeyPkcs8Pem() + held.certificatePem());
    Files.writeString(publicPem(), held.certificatePem());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "key",
        held.keyPair().getPrivate(),
        PASSWORD.toCharArray(),
        new Certificate[] {held.certificate()});
    try (OutputStream out = Files.newOutputStream(pfx())) {
      keys.store(out, PASSWORD.toCharArray());
    }
  }

  /** Holds certificate and key; who trusts it trusts the certificate. */
  public Path pfx() {
    return directory.resolve("key.pfx");
  }

  /** Holds certificate and key. */
  public Path pem() {
    return directory.resolve("key.pem");
  }

  /** What is uploaded to the application. */
  public Path publicPem() {
    return directory.resolve("public.pem");
  }

  /** For a server with this key, and for clients that trust it. */
  public SSLContext tls() {
    return new HandshakeCertificates.Builder()
        .heldCertificate(held)
        .addTrustedCertificate(held.certificate())
        .build()
        .sslContext();
  }
}

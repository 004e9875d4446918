package io.emailmonitor.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;

/** A certificate authority of a test, and what it signs, as PEM files in a directory. */
final class TestCertificates {
  private final Path directory;
  private final HeldCertificate authority;
  private int number;

  TestCertificates(Path directory) {
    this.directory = directory;
    authority = new HeldCertificate.Builder().commonName("Test CA").certificateAuthority(0).build();
  }

  /** A certificate and its key, each in a file. */
  record Pair(Path certificate, Path key) {
    RedisTls trusting(Path authority) {
      return new RedisTls(authority, certificate, key);
    }
  }

  /** The file that those trust who trust this authority. */
  Path authority() {
    return write("ca.pem", authority.certificatePem());
  }

  /** Signs a certificate for that host name or address. */
  Pair signedFor(String host) {
    return write(new HeldCertificate.Builder().addSubjectAlternativeName(host));
  }

  /** Signs a certificate with an RSA key, of which making one takes a while. */
  Pair signedWithRsa(String host) {
    return write(new HeldCertificate.Builder().addSubjectAlternativeName(host).rsa2048());
  }

  /** Signs a certificate that was good until yesterday. */
  Pair expired(String host) {
    long now = System.currentTimeMillis();
    long day = TimeUnit.DAYS.toMillis(1);
    return write(
        new HeldCertificate.Builder()
            .addSubjectAlternativeName(host)
            .validityInterval(now - 2 * day, now - day));
  }

  private Pair write(HeldCertificate.Builder unsigned) {
    HeldCertificate signed = unsigned.signedBy(authority).build();
    number++;
    return new Pair(
        write("certificate" + number + ".pem", signed.certificatePem()),
        write("key" + number + ".pem", signed.privateKeyPkcs8Pem()));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

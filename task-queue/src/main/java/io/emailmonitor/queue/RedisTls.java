package io.emailmonitor.queue;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom an encrypted connection trusts and as whom it shows itself, as PEM files. They are read when
 * the queue is opened: a renewed certificate needs a restart.
 *
 * @param ca certificates that the server's is signed with; null for those that the JVM trusts
 * @param certificate the client's, with those in between up to the CA; null for none
 * @param key belongs to the certificate, in PKCS#8; null for none
 */
public record RedisTls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
  /** The JVM's trust store and no client certificate. */
  public static final RedisTls DEFAULT = new RedisTls(null, null, null);

  public RedisTls {
    if (certificate == null != (key == null)) {
      throw new IllegalArgumentException(
          (key == null ? TlsStores.CERTIFICATE : TlsStores.KEY)
              + " is set, but "
              + (key == null ? TlsStores.KEY : TlsStores.CERTIFICATE)
              + " is not; set both or neither");
    }
  }

  /**
   * From the names of files, of which those that are null or empty are not set. Reads them.
   *
   * @throws IllegalArgumentException naming the setting, its file and what is wrong with it
   */
  public static RedisTls ofFiles(
      @Nullable String ca, @Nullable String certificate, @Nullable String key) {
    RedisTls tls = new RedisTls(path(ca), path(certificate), path(key));
    TlsStores.of(tls);
    return tls;
  }

  private static @Nullable Path path(@Nullable String file) {
    return file == null || file.isBlank() ? null : Path.of(file.strip());
  }
}

package io.emailmonitor.monitor.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells content types from the first bytes. Safe for use by several threads. The name only refines
 * what the bytes allow: a zip file named docx is a Word file, a program named pdf stays a program.
 */
final class TypeDetector {
  /** How many bytes to look at; all signatures that matter in mail lie within. */
  static final int BYTES = 8 * 1024;

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

  /** Returns nothing for empty content, which has no type. */
  @Nullable String detect(byte[] beginning, String name) {
    if (beginning.length == 0) {
      return null;
    }
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try (TikaInputStream stream = TikaInputStream.get(beginning)) {
      return types.detect(stream, metadata, new ParseContext()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }
}

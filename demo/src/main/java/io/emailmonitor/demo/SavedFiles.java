package io.emailmonitor.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the workers have saved: {@code <output>/<date>/<task id>/<name>}, each with a sidecar {@code
 * <name>.json}.
 */
final class SavedFiles {
  private static final String SIDECAR = ".json";

  private SavedFiles() {}

  /** The saved files by task id. */
  static Map<String, Path> in(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      return Map.of();
    }
    try (Stream<Path> files = Files.walk(output, 3)) {
      return files
          .filter(SavedFiles::hasSidecar)
          .collect(Collectors.toMap(SavedFiles::taskId, file -> file, (one, other) -> one));
    }
  }

  /** A file counts once its sidecar is there: the worker writes that last. */
  private static boolean hasSidecar(Path file) {
    return Files.isRegularFile(file)
        && Files.isRegularFile(file.resolveSibling(file.getFileName() + SIDECAR));
  }

  private static String taskId(Path file) {
    return file.getName(file.getNameCount() - 2).toString();
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

package io.emailmonitor.simulator.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids in one mailbox, with the look of Exchange's: long, case-sensitive, with an equals sign at
 * the end. The same mail in the same place has the same ids in every run. Safe for any number of
 * threads.
 */
final class Ids {

  private static final byte[] IMMUTABLE = {0, 9, 0, 0x2e, 0, 0};
  private static final byte[] DEFAULT = {0, 3, 0x24, 3, 0x31, 0x39};
  private static final byte[] FOLDER = {1, 3, 0x24, 3, 0x31, 0x39};

  private final byte[] mailbox;
  private final Map<String, byte[]> folders = new ConcurrentHashMap<>();

  Ids(String address) {
    this.mailbox = hash(address, 20);
  }

  static String directory(String address) {
    return UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)).toString();
  }

  String folder(String path) {
    return id(FOLDER, mailbox, hash(path, 32), new byte[1]);
  }

  String immutable(String key) {
    return id(IMMUTABLE, mailbox, unique(key, ""), new byte[1]);
  }

  /** Changes with every move, as Graph's do when no immutable ids are asked for. */
  String movable(String key, Folder folder, int moves) {
    byte[] place = folders.computeIfAbsent(folder.id(), id -> hash(id, 32));
    return id(DEFAULT, mailbox, place, unique(key, "\n" + moves), new byte[2]);
  }

  /** Messages of a backlog carry their number, so that they can be found without being kept. */
  private static byte[] unique(String key, String more) {
    byte[] unique = hash(key + more, 32);
    int number = BacklogKey.number(key);
    if (number > 0) {
      ByteBuffer.wrap(unique).putInt(number);
    }
    return unique;
  }

  /** The number that an id carries, if it is that of a message of a backlog; else anything. */
  static int backlogNumber(String messageId) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(messageId);
    } catch (IllegalArgumentException e) {
      return 0;
    }
    int at =
        bytes.length == IMMUTABLE.length + 20 + 32 + 1
            ? IMMUTABLE.length + 20
            : DEFAULT.length + 52;
    return bytes.length < at + 4 ? 0 : ByteBuffer.wrap(bytes, at, 4).getInt();
  }

  /** An attachment's id holds its message's, so there are two of them as well. */
  static String attachment(String messageId, int number) {
    byte[] message = Base64.getUrlDecoder().decode(messageId);
    byte[] kind = {1, 0x12, 0, 0x10, 0};
    return id(message, kind, hash("attachment " + number, 16));
  }

  private static String id(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return Base64.getUrlEncoder().encodeToString(bytes.toByteArray());
  }

  private static byte[] hash(String text, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] full = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return java.util.Arrays.copyOf(full, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

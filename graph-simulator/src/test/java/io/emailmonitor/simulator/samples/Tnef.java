package io.emailmonitor.simulator.samples;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a {@code winmail.dat} (MS-OXTNEF), one attachment after the other. */
public final class Tnef {

  private static final int MESSAGE = 1;
  private static final int ATTACHMENT = 2;
  private static final int GUID_BYTES = 16;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** With the attributes that every message has. */
  public Tnef() {
    out.writeBytes(joined(number(0x223e9f78, 4), number(1, 2)));
    attribute(MESSAGE, 0x9006, 0x0008, number(0x10000, 4));
    attribute(MESSAGE, 0x9007, 0x0006, number(1252, 8));
    attribute(MESSAGE, 0x8008, 0x0007, ascii("IPM.Microsoft Mail.Note\0"));
  }

  /** A file, with a short name for old programs and its real one. */
  public Tnef file(String name, String type, byte[] content) {
    begin();
    attribute(ATTACHMENT, 0x800f, 0x0006, content);
    properties(name, type, new byte[0]);
    return this;
  }

  /** A message within the message. */
  public Tnef message(String name, byte[] tnef) {
    begin();
    properties(name, "", joined(new byte[GUID_BYTES], tnef));
    return this;
  }

  /** The whole file. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  private void begin() {
    attribute(ATTACHMENT, 0x9002, 0x0006, new byte[14]);
    attribute(ATTACHMENT, 0x8010, 0x0001, ascii("FILE.DAT\0"));
  }

  private void properties(String name, String type, byte[] object) {
    byte[] utf16 = (name + '\0').getBytes(StandardCharsets.UTF_16LE);
    byte[] both =
        joined(property(0x001f, 0x3707, utf16), property(0x001e, 0x370e, ascii(type + '\0')));
    byte[] block =
        object.length == 0
            ? joined(number(2, 4), both)
            : joined(number(3, 4), both, property(0x000d, 0x3701, object));
    attribute(ATTACHMENT, 0x9005, 0x0006, block);
  }

  /** Of variable length, which comes with a count and is padded to four bytes. */
  private static byte[] property(int type, int id, byte[] value) {
    byte[] padding = new byte[(4 - value.length % 4) % 4];
    byte[] head = joined(number(type, 2), number(id, 2), number(1, 4), number(value.length, 4));
    return joined(head, value, padding);
  }

  private void attribute(int level, int id, int type, byte[] data) {
    int sum = 0;
    for (byte b : data) {
      sum += b & 0xff;
    }
    byte[] head = joined(number(level, 1), number(id, 2), number(type, 2), number(data.length, 4));
    out.writeBytes(joined(head, data, number(sum, 2)));
  }

  /** The lowest byte first. */
  private static byte[] number(int value, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < Math.min(size, 4); i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

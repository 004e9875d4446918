package io.emailmonitor.monitor.content;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Checks that a TNEF stream is whole, and tells where its attachments stand. */
final class TnefStructure {
  /** The signature and a key. */
  static final int HEADER = 6;

  private static final int SIGNATURE = 0x223e9f78;
  private static final int MESSAGE = 1;
  private static final int ATTACHMENT = 2;

  /** The attribute with which each attachment begins. */
  private static final int RENDERING = 0x9002;

  /** The attribute that holds MAPI properties. */
  private static final int PROPERTIES = 0x9005;

  private static final int MULTIPLE = 0x1000;
  private static final int FIRST_NAMED = 0x8000;
  private static final int GUID_BYTES = 16;
  private static final int ALIGNMENT = 4;

  private TnefStructure() {}

  /** From the first byte to the one behind the last. */
  record Range(int from, int to) {}

  static boolean isTnef(byte[] content) {
    return content.length >= HEADER && buffer(content).getInt() == SIGNATURE;
  }

  static List<Range> attachments(byte[] tnef) throws ObstacleException {
    if (!isTnef(tnef)) {
      throw ObstacleException.damaged("no TNEF signature");
    }
    try {
      return walk(buffer(tnef).position(HEADER));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw ObstacleException.damaged("TNEF that breaks off");
    }
  }

  private static List<Range> walk(ByteBuffer tnef) throws ObstacleException {
    List<Range> attachments = new ArrayList<>();
    while (tnef.hasRemaining()) {
      int from = tnef.position();
      int level = tnef.get();
      if (level == '\r' || level == '\n') {
        continue; // mail programs add line ends
      }
      if (level != MESSAGE && level != ATTACHMENT) {
        throw ObstacleException.damaged("TNEF with a part of unknown kind");
      }
      int id = tnef.getShort() & 0xffff;
      tnef.getShort();
      ByteBuffer data = take(tnef, tnef.getInt());
      int sum = tnef.getShort() & 0xffff;
      if (sum != sum(data.duplicate())) {
        throw ObstacleException.damaged("TNEF with a wrong checksum");
      }
      if (level == ATTACHMENT) {
        if (id == PROPERTIES) {
          checkProperties(data);
        }
        boolean first = id == RENDERING || attachments.isEmpty();
        int begin = first ? from : attachments.remove(attachments.size() - 1).from();
        attachments.add(new Range(begin, tnef.position()));
      }
    }
    return attachments;
  }

  /** A count that nothing stands behind would have the library make objects without end. */
  private static void checkProperties(ByteBuffer data) {
    for (int left = data.getInt(); left > 0; left--) {
      int type = data.getShort() & 0xffff;
      int id = data.getShort() & 0xffff;
      if (id >= FIRST_NAMED) {
        take(data, GUID_BYTES);
        boolean numbered = data.getInt() == 0;
        int length = data.getInt();
        if (!numbered) {
          take(data, padded(length));
        }
      }
      int size = size(type & ~MULTIPLE);
      int values = size < 0 || (type & MULTIPLE) != 0 ? data.getInt() : 1;
      if (size == 0 && values > 1) {
        throw new IllegalArgumentException("many values of no size");
      }
      if (size >= 0) {
        take(data, Math.multiplyExact((long) padded(size), values));
      } else {
        for (; values > 0; values--) {
          take(data, padded(data.getInt()));
        }
      }
    }
  }

  /** Bytes of a value of this type; -1 where its length stands before it. */
  private static int size(int type) {
    return switch (type) {
      case 0x00, 0x01 -> 0;
      case 0x02, 0x0b -> 2;
      case 0x03, 0x04, 0x0a -> 4;
      case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
      case 0x48 -> 16;
      case 0x0d, 0x1e, 0x1f, 0x102 -> -1;
      default -> throw new IllegalArgumentException("a type that nobody knows");
    };
  }

  private static int padded(int length) {
    if (length < 0 || length > Integer.MAX_VALUE - ALIGNMENT) {
      throw new IllegalArgumentException("no length");
    }
    return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer take(ByteBuffer from, long length) {
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer taken = from.slice(from.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    from.position(from.position() + (int) length);
    return taken;
  }

  private static int sum(ByteBuffer data) {
    int sum = 0;
    while (data.hasRemaining()) {
      sum += data.get() & 0xff;
    }
    return sum & 0xffff;
  }

  private static ByteBuffer buffer(byte[] tnef) {
    return ByteBuffer.wrap(tnef).order(ByteOrder.LITTLE_ENDIAN);
  }
}

package io.emailmonitor.simulator.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes the shells of S/MIME (RFC 5652): what is signed or encrypted is in its place, but nobody
 * has signed it, and no key opens it. What is compressed is really so.
 */
public final class Cms {

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int OCTETS = 0x04;
  private static final int EXPLICIT = 0xa0;
  private static final int IMPLICIT = 0x80;
  private static final byte[] VERSION = {2, 1, 1};
  private static final byte[] AES =
      der(SEQUENCE, new byte[] {6, 9, 0x60, (byte) 0x86, 0x48, 1, 0x65, 3, 4, 1, 2});

  private Cms() {}

  /** A message within its signature. */
  public static byte[] signed(byte[] entity) {
    byte[] content = der(SEQUENCE, pkcs7(1), der(EXPLICIT, der(OCTETS, entity)));
    byte[] signed = der(SEQUENCE, VERSION, der(SET), content, der(SET));
    return der(SEQUENCE, pkcs7(2), der(EXPLICIT, signed));
  }

  /** The same as programs write it that do not know its length: in pieces, without lengths. */
  public static byte[] signedInPieces(byte[] entity) {
    int half = entity.length / 2;
    byte[] first = der(OCTETS, Arrays.copyOf(entity, half));
    byte[] second = der(OCTETS, Arrays.copyOfRange(entity, half, entity.length));
    byte[] content = ber(SEQUENCE, pkcs7(1), ber(EXPLICIT, ber(0x24, first, second)));
    byte[] signed = ber(SEQUENCE, VERSION, der(SET), content, der(SET));
    return ber(SEQUENCE, pkcs7(2), ber(EXPLICIT, signed));
  }

  /** A signature that stands beside what it signs. */
  public static byte[] signature() {
    byte[] signed = der(SEQUENCE, VERSION, der(SET), der(SEQUENCE, pkcs7(1)), der(SET));
    return der(SEQUENCE, pkcs7(2), der(EXPLICIT, signed));
  }

  /** An encrypted message. */
  public static byte[] encrypted(byte[] nobodyReads) {
    byte[] content = der(SEQUENCE, pkcs7(1), AES, der(IMPLICIT, nobodyReads));
    return der(SEQUENCE, pkcs7(3), der(EXPLICIT, der(SEQUENCE, VERSION, der(SET), content)));
  }

  /** A message that is only made smaller (RFC 3274). */
  public static byte[] compressed(byte[] entity) {
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(zlib)) {
      deflater.write(entity);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    byte[] content = der(SEQUENCE, pkcs7(1), der(EXPLICIT, der(OCTETS, zlib.toByteArray())));
    byte[] compressed = der(SEQUENCE, new byte[] {2, 1, 0}, der(SEQUENCE, smime(3, 8)), content);
    return der(SEQUENCE, smime(1, 9), der(EXPLICIT, compressed));
  }

  /** 1, 9: compressed data; 3, 8: by zlib. */
  private static byte[] smime(int kind, int number) {
    byte[] start = pkcs7(0);
    start[1] = 11;
    start[9] = 9;
    start[10] = 16;
    return joined(start, new byte[] {(byte) kind, (byte) number});
  }

  /** 1: data, 2: signed data, 3: enveloped data. */
  private static byte[] pkcs7(int number) {
    return new byte[] {
      6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 7, (byte) number
    };
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = joined(parts);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x84);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(content.length >>> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] ber(int tag, byte[]... parts) {
    return joined(new byte[] {(byte) tag, (byte) 0x80}, joined(parts), new byte[2]);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

package io.emailmonitor.monitor.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Set;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetStringParser;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.CompressedDataParser;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.SignedDataParser;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * The attachments of a message that is compressed or signed, whether it can be read as it is or
 * lies within its signature. Whether the signature is right is not looked at: that is for whoever
 * uses the content.
 */
final class SmimeParts implements Parts {
  /** How every CMS structure begins; no MIME header does. */
  private static final int SEQUENCE = 0x30;

  private static final Set<String> ENCRYPTED =
      Set.of(
          CMSObjectIdentifiers.envelopedData.getId(),
          CMSObjectIdentifiers.authEnvelopedData.getId(),
          CMSObjectIdentifiers.encryptedData.getId());

  private static final ASN1ObjectIdentifier ZLIB = PKCSObjectIdentifiers.id_alg_zlibCompress;

  private static final MimeParts CLEAR =
      MimeParts.declared("multipart/signed", "application/pkcs7-mime", "application/x-pkcs7-mime");
  private static final MimeParts WITHIN = MimeParts.declared();

  @Override
  public void read(InputStream container, Visitor visitor)
      throws IOException, InterruptedException {
    PushbackInputStream content = new PushbackInputStream(container);
    int first = content.read();
    if (first < 0) {
      throw ObstacleException.damaged("empty");
    }
    content.unread(first);
    if (first == SEQUENCE) {
      readStructure(content, visitor);
    } else {
      CLEAR.read(content, visitor);
    }
  }

  private static void readStructure(InputStream cms, Visitor visitor)
      throws IOException, InterruptedException {
    ContentInfoParser outer = parsed(() -> info(new ASN1StreamParser(cms).readObject()));
    String type = outer.getContentType().getId();
    if (ENCRYPTED.contains(type)) {
      throw new ObstacleException(Obstacle.Kind.ENCRYPTED, "an encrypted message");
    }
    if (type.equals(CMSObjectIdentifiers.signedData.getId())) {
      WITHIN.read(parsed(() -> signed(outer)), visitor);
    } else if (type.equals(CMSObjectIdentifiers.compressedData.getId())) {
      inflate(parsed(() -> compressed(outer)), visitor);
    } else {
      throw ObstacleException.damaged("neither signed, compressed nor encrypted");
    }
  }

  private static InputStream signed(ContentInfoParser outer) throws IOException {
    SignedDataParser signed = SignedDataParser.getInstance(outer.getContent(BERTags.SEQUENCE));
    signed.getDigestAlgorithms().toASN1Primitive();
    return octets(signed.getEncapContentInfo());
  }

  private static InputStream compressed(ContentInfoParser outer) throws IOException {
    if (outer.getContent(BERTags.SEQUENCE) instanceof ASN1SequenceParser sequence) {
      CompressedDataParser compressed = new CompressedDataParser(sequence);
      if (compressed.getCompressionAlgorithmIdentifier().getAlgorithm().equals(ZLIB)) {
        return octets(compressed.getEncapContentInfo());
      }
    }
    throw ObstacleException.damaged("compressed in a way that nobody knows");
  }

  private static void inflate(InputStream compressed, Visitor visitor)
      throws IOException, InterruptedException {
    Inflater inflater = new Inflater();
    try {
      InputStream inflated = new InflaterInputStream(compressed, inflater);
      WITHIN.read(new CountedStream(inflated, visitor::expanded), visitor);
    } finally {
      inflater.end();
    }
  }

  private static InputStream octets(ContentInfoParser info) throws IOException {
    if (info.getContent(BERTags.OCTET_STRING) instanceof ASN1OctetStringParser octets) {
      return octets.getOctetStream();
    }
    throw ObstacleException.damaged("no message within it");
  }

  /** Reads of a structure what stands before its content. */
  private static <T> T parsed(Step<T> step) throws ObstacleException {
    try {
      return step.read();
    } catch (ObstacleException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ObstacleException.damaged(e);
    }
  }

  private interface Step<T> {
    T read() throws IOException;
  }

  private static ContentInfoParser info(Object object) throws IOException {
    if (object instanceof ASN1SequenceParser sequence) {
      return new ContentInfoParser(sequence);
    }
    throw ObstacleException.damaged("no message of this kind");
  }
}

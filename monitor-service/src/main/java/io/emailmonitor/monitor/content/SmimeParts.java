package io.emailmonitor.monitor.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetStringParser;
import org.bouncycastle.asn1.ASN1SequenceParser;
import org.bouncycastle.asn1.ASN1StreamParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfoParser;
import org.bouncycastle.asn1.cms.SignedDataParser;

/**
 * The attachments of a signed message, whether it can be read as it is or lies within its
 * signature. Whether the signature is right is not looked at: that is for whoever uses the content.
 */
final class SmimeParts implements Parts {
  /** How every CMS structure begins; no MIME header does. */
  private static final int SEQUENCE = 0x30;

  private static final Set<String> ENCRYPTED =
      Set.of(
          CMSObjectIdentifiers.envelopedData.getId(),
          CMSObjectIdentifiers.authEnvelopedData.getId(),
          CMSObjectIdentifiers.encryptedData.getId());

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
      WITHIN.read(signed(content), visitor);
    } else {
      CLEAR.read(content, visitor);
    }
  }

  private static InputStream signed(InputStream cms) throws IOException {
    try {
      ContentInfoParser outer = info(new ASN1StreamParser(cms).readObject());
      String type = outer.getContentType().getId();
      if (ENCRYPTED.contains(type)) {
        throw new ObstacleException(Obstacle.Kind.ENCRYPTED, "an encrypted message");
      }
      if (!type.equals(CMSObjectIdentifiers.signedData.getId())) {
        throw ObstacleException.damaged("neither signed nor encrypted");
      }
      SignedDataParser signed = SignedDataParser.getInstance(outer.getContent(BERTags.SEQUENCE));
      signed.getDigestAlgorithms().toASN1Primitive();
      var content = signed.getEncapContentInfo().getContent(BERTags.OCTET_STRING);
      if (content instanceof ASN1OctetStringParser octets) {
        return octets.getOctetStream();
      }
      throw ObstacleException.damaged("a signature without what is signed");
    } catch (ObstacleException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ObstacleException.damaged(e);
    }
  }

  private static ContentInfoParser info(Object object) throws IOException {
    if (object instanceof ASN1SequenceParser sequence) {
      return new ContentInfoParser(sequence);
    }
    throw ObstacleException.damaged("not a signed message");
  }
}

package io.emailmonitor.simulator.mail;

import jakarta.activation.DataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A multipart body that is split as far as its boundary can be found. */
final class LenientMultipart extends MimeMultipart {

  private LenientMultipart(DataSource source) throws MessagingException {
    super(source);
  }

  /** Throws when there is no boundary to split it by. */
  static List<MimeBodyPart> split(byte[] body, String type, String boundary)
      throws MessagingException {
    byte[] ended = Arrays.copyOf(body, body.length + 2); // the last line may be a boundary
    ended[body.length] = '\r';
    ended[body.length + 1] = '\n';
    String contentType = type + "; boundary=\"" + boundary.replaceAll("[\\\\\"]", "\\\\$0") + '"';
    LenientMultipart multipart = new LenientMultipart(new ByteArrayDataSource(ended, contentType));
    List<MimeBodyPart> parts = new ArrayList<>();
    for (int i = 0; i < multipart.getCount(); i++) {
      parts.add((MimeBodyPart) multipart.getBodyPart(i));
    }
    return parts;
  }

  /** The library reads these from the whole JVM's properties, which are not ours to set. */
  @Override
  protected void initializeProperties() {
    ignoreMissingEndBoundary = true;
    ignoreMissingBoundaryParameter = false;
    ignoreExistingBoundaryParameter = false;
    allowEmpty = true;
  }
}

package io.emailmonitor.monitor.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.poi.hmef.Attachment;
import org.apache.poi.hmef.HMEFMessage;
import org.apache.poi.hmef.attribute.MAPIAttribute;
import org.apache.poi.hmef.attribute.MAPIStringAttribute;
import org.apache.poi.hmef.attribute.TNEFAttribute;
import org.apache.poi.hmef.attribute.TNEFProperty;
import org.apache.poi.hsmf.datatypes.MAPIProperty;
import org.jspecify.annotations.Nullable;

/**
 * The attachments of a {@code winmail.dat}. The library believes every length and count that it
 * reads and fills what is missing with zeros, so {@link TnefStructure} checks all of them first;
 * and it keeps all that it reads, so it is given one attachment at a time.
 */
final class TnefParts implements Parts {
  /** Before an embedded object stands the id of its interface. */
  private static final int INTERFACE_ID = 16;

  static {
    // Lengths have been checked against what is there.
    TNEFAttribute.setMaxRecordLength(Integer.MAX_VALUE);
    MAPIAttribute.setMaxRecordLength(Integer.MAX_VALUE);
  }

  @Override
  public void read(InputStream container, Visitor visitor)
      throws IOException, InterruptedException {
    byte[] tnef = container.readAllBytes();
    for (TnefStructure.Range range : TnefStructure.attachments(tnef)) {
      Attachment attachment = attachment(tnef, range);
      if (attachment != null) {
        visitor.part(head(attachment), content(attachment));
      }
    }
  }

  private static @Nullable Attachment attachment(byte[] tnef, TnefStructure.Range range)
      throws IOException {
    InputStream alone =
        new SequenceInputStream(
            new ByteArrayInputStream(tnef, 0, TnefStructure.HEADER),
            new ByteArrayInputStream(tnef, range.from(), range.to() - range.from()));
    try {
      return new HMEFMessage(alone).getAttachments().stream().findFirst().orElse(null);
    } catch (RuntimeException | IOException e) {
      throw ObstacleException.damaged(e);
    }
  }

  private static Head head(Attachment attachment) {
    String name =
        Stream.of(
                text(attachment, MAPIProperty.ATTACH_LONG_FILENAME),
                attachment.getFilename(),
                text(attachment, MAPIProperty.DISPLAY_NAME))
            .filter(text -> text != null && !text.isBlank())
            .findFirst()
            .orElse("");
    String type = text(attachment, MAPIProperty.ATTACH_MIME_TAG);
    boolean shown = text(attachment, MAPIProperty.ATTACH_CONTENT_ID) != null;
    boolean embedded = TnefStructure.isTnef(embedded(attachment));
    if (embedded) {
      type = "application/ms-tnef";
    }
    return new Head(name, type == null || type.isBlank() ? null : type, false, shown);
  }

  private static InputStream content(Attachment attachment) {
    TNEFAttribute data = attachment.getAttribute(TNEFProperty.ID_ATTACHDATA);
    return new ByteArrayInputStream(
        data == null || data.getData().length == 0 ? embedded(attachment) : data.getData());
  }

  /** A message or a document of another program within the mail; empty when there is none. */
  private static byte[] embedded(Attachment attachment) {
    MAPIAttribute object = attachment.getMAPIAttribute(MAPIProperty.ATTACH_DATA);
    byte[] data = object == null ? new byte[0] : object.getData();
    return data.length <= INTERFACE_ID
        ? new byte[0]
        : Arrays.copyOfRange(data, INTERFACE_ID, data.length);
  }

  private static @Nullable String text(Attachment attachment, MAPIProperty property) {
    MAPIAttribute attribute = attachment.getMAPIAttribute(property);
    return attribute instanceof MAPIStringAttribute text ? text.getDataString() : null;
  }
}

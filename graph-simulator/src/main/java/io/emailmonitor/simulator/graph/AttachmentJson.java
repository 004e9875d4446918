package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.store.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shapes of Graph's file, item and reference attachments. */
final class AttachmentJson {

  /**
   * {@code contentBytes} and its like are not on the base type, hence cannot be selected plainly.
   */
  static final Selection.EntityType TYPE =
      new Selection.EntityType(
          "attachment",
          List.of("id", "name", "contentType", "size", "isInline", "lastModifiedDateTime"),
          List.of("contentBytes", "contentId", "contentLocation"));

  /** What the store keeps beside the bytes; clients must not take the size for the file's. */
  private static final int OVERHEAD = 213;

  private AttachmentJson() {}

  static ObjectNode of(Message message, int number, Preferences preferences, Selection selection) {
    MailAttachment attachment = message.attachments().get(number);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("@odata.type", "#microsoft.graph." + type(attachment.kind()));
    if (attachment.kind() == MailAttachment.Kind.FILE) {
      json.put("@odata.mediaContentType", attachment.contentType());
    }
    json.put("id", message.attachmentId(number, preferences.immutableIds()));
    json.put("lastModifiedDateTime", MessageJson.time(message.received()));
    json.put("name", attachment.shownName());
    json.put("contentType", contentType(attachment));
    json.put("size", reportedSize(attachment));
    json.put("isInline", attachment.inline());
    if (attachment.kind() == MailAttachment.Kind.FILE) {
      json.put("contentId", attachment.contentId());
      json.putNull("contentLocation");
      if (selection.includes("contentBytes")) {
        json.put("contentBytes", attachment.content().bytes());
      }
    }
    return selection.applyTo(json);
  }

  static int reportedSize(MailAttachment attachment) {
    return attachment.content().size() + OVERHEAD + 2 * attachment.shownName().length();
  }

  /** Only files have one. */
  static @Nullable String contentType(MailAttachment attachment) {
    return attachment.kind() == MailAttachment.Kind.FILE ? attachment.contentType() : null;
  }

  private static String type(MailAttachment.Kind kind) {
    return switch (kind) {
      case FILE -> "fileAttachment";
      case ITEM -> "itemAttachment";
      case REFERENCE -> "referenceAttachment";
    };
  }
}

package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailAddress;
import io.emailmonitor.simulator.store.Message;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shape of {@code microsoft.graph.message}. */
final class MessageJson {

  static final Selection.EntityType TYPE =
      new Selection.EntityType(
          "message",
          List.of(
              "id,createdDateTime,lastModifiedDateTime,changeKey,categories,receivedDateTime,sentDateTime,hasAttachments,internetMessageId,internetMessageHeaders,subject,bodyPreview,importance,parentFolderId,conversationId,conversationIndex,isDeliveryReceiptRequested,isReadReceiptRequested,isRead,isDraft,webLink,inferenceClassification,body,uniqueBody,sender,from,toRecipients,ccRecipients,bccRecipients,replyTo,flag"
                  .split(",", -1)),
          List.of());

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MessageJson() {}

  static ObjectNode of(
      Message message, Preferences preferences, Selection selection, Expansion expansion) {
    ObjectNode json = NODES.objectNode();
    json.put("@odata.etag", "W/\"" + changeKey(message) + "\"");
    json.put("id", message.id(preferences.immutableIds()));
    state(json, message);
    mail(json, message);
    derived(json, message, selection);
    body(json, message.mail(), preferences, selection);
    selection.applyTo(json);
    Selection attachments = expansion.attachments();
    if (attachments != null) {
      ArrayNode list = json.putArray("attachments");
      for (int i = 0; i < message.attachments().size(); i++) {
        list.add(AttachmentJson.of(message, i, preferences, attachments));
      }
    }
    return json;
  }

  /** What remains of a message that left the folder. */
  static ObjectNode removed(Message message, Preferences preferences, String reason) {
    ObjectNode json = NODES.objectNode();
    json.put("@odata.type", "#microsoft.graph.message");
    json.put("id", message.id(preferences.immutableIds()));
    json.putObject("@removed").put("reason", reason);
    return json;
  }

  private static void state(ObjectNode json, Message message) {
    json.put("createdDateTime", time(message.received()));
    json.put("lastModifiedDateTime", time(message.modified()));
    json.put("changeKey", changeKey(message));
    ArrayNode categories = json.putArray("categories");
    message.categories().forEach(categories::add);
    json.put("receivedDateTime", time(message.received()));
    json.put("hasAttachments", message.hasAttachments());
    json.put("importance", "normal");
    json.put("parentFolderId", message.folder().id());
    json.put("isDeliveryReceiptRequested", false);
    json.put("isReadReceiptRequested", false);
    json.put("isRead", message.read());
    json.put("isDraft", false);
    json.put("webLink", "https://outlook.office365.com/owa/?ItemID=" + message.movableId());
    json.put("inferenceClassification", "focused");
    json.putObject("flag").put("flagStatus", "notFlagged");
  }

  private static void mail(ObjectNode json, Message message) {
    Mail mail = message.mail();
    Instant sent = mail.sent();
    json.put("sentDateTime", time(sent == null ? message.received() : sent));
    json.put("internetMessageId", internetMessageId(message));
    json.put("subject", mail.subject());
    MailAddress from = mail.from() == null ? mail.sender() : mail.from();
    MailAddress sender = mail.sender() == null ? mail.from() : mail.sender();
    if (from != null && sender != null) {
      json.set("from", recipient(from));
      json.set("sender", recipient(sender));
    }
    json.set("toRecipients", recipients(mail.to()));
    json.set("ccRecipients", recipients(mail.cc()));
    json.putArray("bccRecipients");
    json.set("replyTo", recipients(mail.replyTo()));
  }

  /** What takes long to make is made only when it is wanted. */
  private static void derived(ObjectNode json, Message message, Selection selection) {
    String subject = message.mail().subject();
    if (selection.includes("bodyPreview")) {
      json.put("bodyPreview", BodyText.preview(message.mail()));
    }
    if (selection.includes("conversationId")) {
      String topic = subject == null ? "" : subject.replaceFirst("(?i)^((re|fwd?):\\s*)+", "");
      json.put("conversationId", "AAQk" + Base64.getUrlEncoder().encodeToString(uuid(topic)));
    }
    if (selection.includes("conversationIndex")) {
      json.put(
          "conversationIndex", "AQHZ" + Base64.getEncoder().encodeToString(uuid(message.id())));
    }
  }

  private static void body(
      ObjectNode json, Mail mail, Preferences preferences, Selection selection) {
    for (String name : List.of("body", "uniqueBody")) {
      if (name.equals("body") ? selection.includes(name) : selection.names(name)) {
        ObjectNode body = json.putObject(name);
        String html = mail.html();
        boolean asText = preferences.textBody() || html == null;
        body.put("contentType", asText ? "text" : "html");
        body.put(
            "content",
            html == null || asText
                ? BodyText.text(mail)
                : BodyText.html(html, preferences.unsafeHtml()));
      }
    }
    if (selection.names("internetMessageHeaders")) {
      ArrayNode headers = json.putArray("internetMessageHeaders");
      for (Mail.Header header : mail.headers()) {
        headers.addObject().put("name", header.name()).put("value", header.value());
      }
    }
  }

  /** Exchange gives one to mail that comes without. */
  static String internetMessageId(Message message) {
    String own = message.mail().messageId();
    return own == null || own.isBlank()
        ? "<" + UUID.nameUUIDFromBytes(uuid(message.id())) + "@simulator.invalid>"
        : own;
  }

  private static ArrayNode recipients(List<MailAddress> addresses) {
    ArrayNode list = NODES.arrayNode();
    addresses.forEach(address -> list.add(recipient(address)));
    return list;
  }

  private static ObjectNode recipient(MailAddress address) {
    ObjectNode recipient = NODES.objectNode();
    recipient
        .putObject("emailAddress")
        .put("name", address.name())
        .put("address", address.address());
    return recipient;
  }

  static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static String changeKey(Message message) {
    return "CQAAABYAAAA"
        + Base64.getEncoder()
            .withoutPadding()
            .encodeToString(uuid(message.id() + message.version()));
  }

  private static byte[] uuid(String text) {
    UUID uuid = UUID.nameUUIDFromBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return java.nio.ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}

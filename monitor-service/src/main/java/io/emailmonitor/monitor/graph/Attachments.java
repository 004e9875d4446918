package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.AttachmentCollectionResponse;
import com.microsoft.graph.models.ItemAttachment;
import com.microsoft.graph.models.ReferenceAttachment;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.messages.item.attachments.AttachmentsRequestBuilder;
import com.microsoft.kiota.RequestInformation;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Lists and opens the attachments of a message. Safe for several threads.
 *
 * <p>{@code $expand=attachments($select=...)} on the changes would spare the list of each message,
 * but Graph is reported to ignore the {@code $select} there, and so to send all content.
 */
final class Attachments {
  /** Leaves out the content, which Graph would otherwise put into the list. */
  private static final String[] FIELDS = {
    "id", "name", "contentType", "size", "isInline", "lastModifiedDateTime"
  };

  /** An attached item's name is its subject, in which a dot need not begin an extension. */
  private static final Pattern ITEM_EXTENSION =
      Pattern.compile("\\.(eml|msg|ics|vcf)$", Pattern.CASE_INSENSITIVE);

  private static final String VALUE =
      "{+baseurl}/users/{user%2Did}/messages/{message%2Did}/attachments/{attachment%2Did}/$value";

  private final GraphRequests requests;
  private final Pages pages;
  private final Directory directory;

  Attachments(GraphRequests requests, Pages pages, Directory directory) {
    this.requests = requests;
    this.pages = pages;
    this.directory = directory;
  }

  List<Attachment> list(Mailbox mailbox, String mailId) {
    AttachmentCollectionResponse first =
        requests.send(
            Operation.LIST_ATTACHMENTS,
            mailbox,
            graph ->
                of(graph, mailbox, mailId)
                    .get(
                        c -> {
                          c.queryParameters.select = FIELDS;
                          c.headers.add("Prefer", Messages.IMMUTABLE_IDS);
                        }));
    return pages
        .all(
            first,
            AttachmentCollectionResponse::getValue,
            link ->
                requests.send(
                    Operation.LIST_ATTACHMENTS,
                    mailbox,
                    graph ->
                        of(graph, mailbox, mailId)
                            .withUrl(link)
                            .get(c -> c.headers.add("Prefer", Messages.IMMUTABLE_IDS))))
        .stream()
        .map(Attachments::attachment)
        .toList();
  }

  /** Opens the content; it is never held in memory as a whole. */
  InputStream open(Mailbox mailbox, String mailId, String attachmentId) {
    return requests.open(
        Operation.READ_ATTACHMENT,
        mailbox,
        graph -> {
          RequestInformation request =
              of(graph, mailbox, mailId).byAttachmentId(attachmentId).toGetRequestInformation();
          // The SDK has no call for an attachment's $value.
          request.urlTemplate = VALUE;
          request.headers.remove("Accept");
          request.headers.tryAdd("Accept", "*/*");
          request.headers.tryAdd("Prefer", Messages.IMMUTABLE_IDS);
          return graph
              .getRequestAdapter()
              .sendPrimitive(
                  request,
                  new HashMap<>(Map.of("XXX", ODataError::createFromDiscriminatorValue)),
                  InputStream.class);
        });
  }

  private AttachmentsRequestBuilder of(GraphServiceClient graph, Mailbox mailbox, String mailId) {
    return graph
        .users()
        .byUserId(directory.userId(mailbox))
        .messages()
        .byMessageId(mailId)
        .attachments();
  }

  private static Attachment attachment(com.microsoft.graph.models.Attachment listed) {
    Attachment.Kind kind = kind(listed);
    String name = listed.getName() == null ? "" : listed.getName();
    return new Attachment(
        listed.getId(),
        kind,
        kind == Attachment.Kind.ITEM ? itemName(name) : name,
        listed.getContentType(),
        listed.getSize() == null ? 0 : listed.getSize(),
        Boolean.TRUE.equals(listed.getIsInline()));
  }

  private static Attachment.Kind kind(com.microsoft.graph.models.Attachment listed) {
    if (listed instanceof ItemAttachment) {
      return Attachment.Kind.ITEM;
    }
    if (listed instanceof ReferenceAttachment) {
      return Attachment.Kind.REFERENCE;
    }
    // Also what has a type we do not know: opening it shows whether it has content, and a refusal
    // is recorded, whereas taking it for a link would drop it.
    return Attachment.Kind.FILE;
  }

  private static String itemName(String name) {
    if (name.isBlank()) {
      return "message.eml";
    }
    return ITEM_EXTENSION.matcher(name).find() ? name : name + ".eml";
  }
}

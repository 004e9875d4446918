package io.emailmonitor.monitor.graph;

import io.emailmonitor.monitor.graph.Operation.Subject;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * An answer with an error status.
 *
 * @param code Graph's; empty when the answer is not in Graph's form and so may not be Graph's at
 *     all
 * @param message Graph's, only to recognise what has no code of its own
 */
record Refusal(int status, String code, String message) {
  private static final Set<String> THROTTLED =
      Set.of("applicationthrottled", "toomanyrequests", "activitylimitreached");
  private static final Set<String> EXPIRED = Set.of("resyncrequired", "errorinvalidsyncstatedata");
  private static final Set<String> NO_FOLDER =
      Set.of("errorsyncfoldernotfound", "errorfoldernotfound");
  private static final Set<String> NO_MAILBOX =
      Set.of(
          "mailboxnotenabledforrestapi",
          "mailboxnotsupportedforrestapi",
          "errorinvaliduser",
          "errornonexistentmailbox",
          "resourcenotfound",
          "request_resourcenotfound");
  private static final String NO_ITEM = "erroritemnotfound";
  private static final String BROKEN_ATTACHMENT = "errorcannotopenfileattachment";

  Kind kind(Subject subject) {
    String known = code.toLowerCase(Locale.ROOT);
    boolean mail = subject == Subject.FOLDER || subject == Subject.MESSAGE;
    if (status == 401) {
      return Kind.UNAUTHENTICATED;
    }
    if (status == 429 || status == 509 || THROTTLED.contains(known)) {
      return Kind.THROTTLED;
    }
    if (subject == Subject.FOLDER && isExpiry(known)) {
      return Kind.CURSOR_EXPIRED;
    }
    if (NO_FOLDER.contains(known)) {
      return Kind.FOLDER_GONE;
    }
    if (mail && NO_MAILBOX.contains(known)) {
      return Kind.MAILBOX_UNUSABLE;
    }
    if (known.equals(BROKEN_ATTACHMENT)) {
      return Kind.REJECTED;
    }
    return byStatus(subject, known);
  }

  private Kind byStatus(Subject subject, String known) {
    if (status == 501 || status == 405) {
      return Kind.REJECTED;
    }
    if (status < 400 || status == 408 || status >= 500) {
      return Kind.UNAVAILABLE;
    }
    if (subject == Subject.DIRECTORY) {
      return Kind.REJECTED;
    }
    if (known.isEmpty() && status != 410) {
      // A proxy or a wrong address: what it says must not make us give a message up.
      return Kind.UNAVAILABLE;
    }
    if (subject == Subject.SERVICE) {
      return Kind.REJECTED;
    }
    return switch (status) {
      case 403 -> subject == Subject.FOLDER ? Kind.MAILBOX_FORBIDDEN : Kind.FORBIDDEN;
      case 409, 412, 423 -> Kind.UNAVAILABLE; // somebody else is changing it
      case 404, 410 -> subject == Subject.FOLDER ? Kind.FOLDER_GONE : Kind.GONE;
      default -> known.equals(NO_ITEM) ? Kind.GONE : Kind.REJECTED;
    };
  }

  private boolean isExpiry(String known) {
    return status == 410
        || known.startsWith("syncstate")
        || EXPIRED.contains(known)
        || (status == 400 && message.toLowerCase(Locale.ROOT).contains("badly formed token"));
  }

  /** Says why, and what to do about it. */
  String words(Operation operation, Kind kind) {
    return switch (kind) {
      case GONE -> "it is not there any more";
      case FOLDER_GONE -> "the folder is not there";
      case CURSOR_EXPIRED -> "Graph has forgotten where we were";
      case MAILBOX_FORBIDDEN, FORBIDDEN -> notAllowed(operation);
      case MAILBOX_UNUSABLE -> noMailbox();
      case UNAUTHENTICATED ->
          "Graph does not accept the token; check GRAPH_STATIC_TOKEN, or whether GRAPH_BASE_URL,"
              + " AZURE_AUTHORITY_HOST and the tenant belong to the same cloud";
      case THROTTLED -> "too many requests";
      case UNAVAILABLE -> status >= 500 ? "Graph or a gateway before it is in trouble" : notGraph();
      case REJECTED -> status == 403 ? notAllowed(operation) : "Graph refuses this request";
    };
  }

  private static String notAllowed(Operation operation) {
    String grant =
        "the application may not do this; grant it the application permission "
            + operation.permission
            + " with admin consent";
    return operation.subject == Subject.DIRECTORY
        ? grant
        : grant + ", or add the mailbox to the scope of its access policy";
  }

  private static String noMailbox() {
    return "there is no mailbox that Graph can read: unknown address, no Exchange Online licence,"
        + " deleted, or hosted on premises";
  }

  private static String notGraph() {
    return "the answer is not Graph's; a proxy, or a wrong GRAPH_BASE_URL?";
  }
}

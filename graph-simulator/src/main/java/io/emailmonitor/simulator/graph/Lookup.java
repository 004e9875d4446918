package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import io.emailmonitor.simulator.store.Tenant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what a path names, or refuses as Graph does. */
final class Lookup {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{16,}={0,2}");

  /** Folders with a name of their own in Graph that no mailbox here has. */
  private static final Set<String> ABSENT_FOLDERS =
      Set.of(
          "clutter",
          "conflicts",
          "localfailures",
          "recoverableitemsdeletions",
          "scheduled",
          "searchfolders",
          "serverfailures",
          "syncissues");

  private final Tenant tenant;

  Lookup(Tenant tenant) {
    this.tenant = tenant;
  }

  Mailbox mailbox(Call call) {
    String user = call.name("user");
    Optional<Mailbox> mailbox = tenant.mailbox(user);
    if (mailbox.isPresent()) {
      return mailbox.get();
    }
    if (tenant.person(user).isPresent()) {
      throw new GraphFailure(
          404,
          "MailboxNotEnabledForRESTAPI",
          "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");
    }
    throw new GraphFailure(
        404, "ErrorInvalidUser", "The requested user '" + user + "' is invalid.");
  }

  Folder folder(Mailbox mailbox, String id) {
    return mailbox.folder(id).orElseThrow(() -> notFound(id));
  }

  /** Where the path names a folder, the message must be in it. */
  Message message(Call call) {
    Mailbox mailbox = mailbox(call);
    String id = call.name("message");
    Message message = mailbox.message(id).orElseThrow(() -> notFound(id));
    String folder = call.names().get("folder");
    if (folder != null && message.folder() != folder(mailbox, folder)) {
      throw GraphFailure.itemNotFound();
    }
    return message;
  }

  int attachment(Call call, Message message) {
    String id = call.name("attachment");
    int number = message.attachmentNumber(id);
    if (number < 0) {
      throw notFound(id);
    }
    return number;
  }

  private static GraphFailure notFound(String id) {
    return ID.matcher(id).matches() || ABSENT_FOLDERS.contains(id.toLowerCase(Locale.ROOT))
        ? GraphFailure.itemNotFound()
        : new GraphFailure(400, "ErrorInvalidIdMalformed", "Id is malformed.");
  }
}

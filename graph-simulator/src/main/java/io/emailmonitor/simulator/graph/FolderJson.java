package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import java.util.List;

/** The shape of {@code microsoft.graph.mailFolder}. */
final class FolderJson {

  static final Selection.EntityType TYPE =
      new Selection.EntityType(
          "mailFolder",
          List.of(
              "id",
              "displayName",
              "parentFolderId",
              "childFolderCount",
              "unreadItemCount",
              "totalItemCount",
              "sizeInBytes",
              "isHidden"),
          List.of());

  private FolderJson() {}

  static ObjectNode of(Mailbox mailbox, Folder folder, Selection selection) {
    Folder.Holdings holdings = folder.holdings();
    Folder parent = folder.parent();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", folder.id());
    json.put("displayName", folder.name());
    json.put("parentFolderId", parent == null ? folder.id() : parent.id());
    json.put("childFolderCount", mailbox.children(folder).size());
    json.put("unreadItemCount", holdings.unread());
    json.put("totalItemCount", holdings.total());
    json.put("sizeInBytes", holdings.bytes());
    json.put("isHidden", folder.hidden());
    return selection.applyTo(json);
  }
}

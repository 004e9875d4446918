package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Route;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import java.util.List;

/** Mail folders: lists and single ones. */
final class FolderRoutes {

  private final Lookup lookup;

  FolderRoutes(Lookup lookup) {
    this.lookup = lookup;
  }

  List<Route<Handler>> routes() {
    return List.of(
        Route.get("users/{user}/mailFolders", this::topFolders),
        Route.get("users/{user}/mailFolders/{folder}", this::folder),
        Route.get("users/{user}/mailFolders/{folder}/childFolders", this::childFolders));
  }

  private Reply topFolders(Call call) {
    Mailbox mailbox = lookup.mailbox(call);
    return list(call, mailbox, mailbox.root(), "/mailFolders");
  }

  private Reply childFolders(Call call) {
    Mailbox mailbox = lookup.mailbox(call);
    Folder folder = lookup.folder(mailbox, call.name("folder"));
    return list(call, mailbox, folder, "/mailFolders('" + folder.id() + "')/childFolders");
  }

  private Reply list(Call call, Mailbox mailbox, Folder parent, String path) {
    Selection selection = selection(call);
    boolean hidden =
        call.option("includeHiddenFolders").filter("true"::equalsIgnoreCase).isPresent();
    List<Folder> shown =
        mailbox.children(parent).stream().filter(folder -> hidden || !folder.hidden()).toList();
    String user = "/users('" + mailbox.owner().id() + "')";
    return Reply.json(
        200,
        Paging.MAIL.page(
            call,
            user.substring(1) + "/mailFolders" + selection,
            user + path,
            shown,
            folder -> FolderJson.of(mailbox, folder, selection)));
  }

  private Reply folder(Call call) {
    Mailbox mailbox = lookup.mailbox(call);
    Folder folder = lookup.folder(mailbox, call.name("folder"));
    Selection selection = selection(call);
    return Replies.entity(
        call,
        200,
        "users('" + mailbox.owner().id() + "')/mailFolders" + selection,
        FolderJson.of(mailbox, folder, selection));
  }

  private static Selection selection(Call call) {
    return Selection.parse(call.option("select").orElse(""), FolderJson.TYPE);
  }
}

package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which mailboxes are watched, and for which entries of the configuration they were found. */
final class WatchedRows {
  private final Handle handle;

  WatchedRows(Handle handle) {
    this.handle = handle;
  }

  void write(Collection<String> entries, Discovery found) {
    handle.execute("DELETE FROM watched_entries");
    Set.copyOf(entries)
        .forEach(entry -> handle.execute("INSERT INTO watched_entries (entry) VALUES (?)", entry));
    handle.execute("UPDATE mailboxes SET watched = FALSE");
    found.mailboxes().forEach(box -> write(box.address(), found.userIds().get(box)));
  }

  private void write(String address, @Nullable String userId) {
    String update = "UPDATE mailboxes SET watched = TRUE, user_id = :id WHERE address = :address";
    String insert =
        "INSERT INTO mailboxes (address, watched, user_id) VALUES (:address, TRUE, :id)";
    for (String sql : List.of(update, insert)) {
      int rows = handle.createUpdate(sql).bind("address", address).bind("id", userId).execute();
      if (rows > 0) {
        return;
      }
    }
  }

  /** Empty when the mailboxes were found for other entries. */
  Optional<Discovery> read(Collection<String> entries) {
    Set<String> looked =
        new HashSet<>(
            handle.createQuery("SELECT entry FROM watched_entries").mapTo(String.class).list());
    if (!looked.equals(Set.copyOf(entries))) {
      return Optional.empty();
    }
    List<Mailbox> mailboxes = new ArrayList<>();
    Map<Mailbox, String> userIds = new HashMap<>();
    handle
        .createQuery("SELECT address, user_id FROM mailboxes WHERE watched ORDER BY address")
        .map(
            (row, context) -> {
              Mailbox mailbox = new Mailbox(row.getString("address"));
              String id = row.getString("user_id");
              if (id != null) {
                userIds.put(mailbox, id);
              }
              return mailboxes.add(mailbox);
            })
        .list();
    return Optional.of(new Discovery(mailboxes, userIds, Map.of()));
  }
}

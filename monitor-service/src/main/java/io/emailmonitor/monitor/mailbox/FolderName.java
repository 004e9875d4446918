package io.emailmonitor.monitor.mailbox;

import java.util.ArrayList;
import java.util.List;

/**
 * What the configuration calls a folder: {@code Inbox/Invoices} is that folder, {@code Inbox/*} the
 * folders right below it, {@code Inbox/**} the folder and all below it.
 */
public record FolderName(String path, Extent extent) {
  private static final String CHILDREN = "/*";
  private static final String ALL = "/**";

  /** How much of what is below a folder belongs to it. */
  public enum Extent {
    ITSELF,
    CHILDREN,
    ALL
  }

  /**
   * Reads a configured name.
   *
   * @throws IllegalArgumentException if it is none, with the reason as in {@code has a gap}
   */
  public static FolderName of(String configured) {
    FolderName name =
        configured.endsWith(ALL)
            ? new FolderName(without(configured, ALL), Extent.ALL)
            : configured.endsWith(CHILDREN)
                ? new FolderName(without(configured, CHILDREN), Extent.CHILDREN)
                : new FolderName(configured, Extent.ITSELF);
    if (name.path.indexOf('*') >= 0) {
      throw new IllegalArgumentException("has a star that does not end it, after a slash");
    }
    for (String segment : name.path.split("/", -1)) {
      if (segment.isBlank()) {
        throw new IllegalArgumentException("has nothing before, between or after its slashes");
      }
    }
    return name;
  }

  private static String without(String name, String end) {
    return name.substring(0, name.length() - end.length());
  }

  /** Looks up which folders they are at this moment. */
  public List<MailFolder> find(MailSource source, Mailbox mailbox) {
    MailFolder folder = source.folder(mailbox, path);
    if (extent == Extent.ITSELF) {
      return List.of(folder);
    }
    List<MailFolder> found = new ArrayList<>(extent == Extent.ALL ? List.of(folder) : List.of());
    found.addAll(source.subfolders(mailbox, folder, extent == Extent.ALL));
    return found;
  }
}

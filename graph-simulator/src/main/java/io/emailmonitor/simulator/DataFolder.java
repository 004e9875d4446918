package io.emailmonitor.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailReader;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files {@code <root>/<mailbox address>/<folder path>/*.eml}, and {@code <root>/_groups.json}.
 * Used by one thread at a time.
 */
final class DataFolder {

  private static final String GROUPS = "_groups.json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Path root;
  private final Tenant tenant;
  private final Set<Path> known = new HashSet<>();
  private final Map<Path, Long> growing = new HashMap<>();

  DataFolder(Path root, Tenant tenant) {
    this.root = root;
    this.tenant = tenant;
  }

  /** Takes what is there as mail that was received when its headers say so. */
  void load() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException(
          "the data folder '" + root + "' is not there; make it, with one folder per mailbox");
    }
    Path groups = root.resolve(GROUPS);
    if (Files.exists(groups)) {
      try (InputStream in = Files.newInputStream(groups)) {
        addGroups(tenant, in, groups.toString());
      }
    }
    makeMailboxes();
    List<Stored> found = new ArrayList<>();
    for (Path file : files()) {
      Mail mail = MailReader.read(Files.readAllBytes(file));
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      found.add(new Stored(file, mail, mail.arrived().orElse(modified)));
      known.add(file);
    }
    found.sort(Comparator.comparing(Stored::received).thenComparing(Stored::file));
    for (Stored stored : found) {
      Mailbox mailbox = mailbox(stored.file());
      mailbox.store(
          folder(mailbox, stored.file()), key(stored.file()), stored.mail(), stored.received());
    }
  }

  /** Delivers the files that are new and no longer growing. */
  void poll() throws IOException {
    makeMailboxes();
    for (Path file : files()) {
      if (!known.contains(file)) {
        long size = Files.size(file);
        Long before = growing.put(file, size);
        if (before != null && before == size) {
          Mailbox mailbox = mailbox(file);
          Mail mail = MailReader.read(Files.readAllBytes(file));
          mailbox.deliver(folder(mailbox, file), key(file), mail);
          known.add(file);
          growing.remove(file);
        }
      }
    }
  }

  /** An object with, for each group's address, the addresses of its members. */
  static void addGroups(Tenant tenant, InputStream json, String name) throws IOException {
    JsonNode groups = MAPPER.readTree(json);
    if (groups == null || !groups.isObject()) {
      throw new IOException(
          name + " must hold one JSON object: group address -> list of member addresses");
    }
    for (Map.Entry<String, JsonNode> group : groups.properties()) {
      List<String> members = new ArrayList<>();
      for (JsonNode member : group.getValue()) {
        members.add(member.asText());
      }
      tenant.addGroup(group.getKey(), members);
    }
  }

  private void makeMailboxes() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.sorted().toList()) {
        if (Files.isDirectory(entry) && isMailbox(entry)) {
          tenant.mailboxAt(name(entry));
        }
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(file -> name(file).endsWith(".eml"))
          .filter(file -> root.relativize(file).getNameCount() > 1)
          .filter(file -> isMailbox(root.resolve(root.relativize(file).getName(0))))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  private static boolean isMailbox(Path folder) {
    return name(folder).indexOf('@') > 0;
  }

  private Mailbox mailbox(Path file) {
    return tenant.mailboxAt(root.relativize(file).getName(0).toString());
  }

  /** What lies in the mailbox's own folder is in its inbox. */
  private Folder folder(Mailbox mailbox, Path file) {
    Path relative = root.relativize(file);
    String path =
        relative.getNameCount() == 2
            ? "inbox"
            : relative.subpath(1, relative.getNameCount() - 1).toString();
    return mailbox.folderAt(path.replace('\\', '/'));
  }

  private String key(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private record Stored(Path file, Mail mail, Instant received) {}
}

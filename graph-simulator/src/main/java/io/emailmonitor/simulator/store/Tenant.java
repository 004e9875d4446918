package io.emailmonitor.simulator.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The whole organisation: people, their mailboxes, and groups. Safe for any number of threads. */
public final class Tenant {

  private final Clock clock;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<String, Mailbox> mailboxes = new LinkedHashMap<>();
  private final Map<String, String> addressesById = new HashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private final Set<String> members = new HashSet<>();

  public Tenant(Clock clock) {
    this.clock = clock;
  }

  /** The mailbox of that address; it and its owner are made when they are not there. */
  public synchronized Mailbox mailboxAt(String address) {
    String key = lower(address);
    return mailboxes.computeIfAbsent(
        key,
        name -> {
          Person owner = Person.of(name, true);
          people.put(name, owner);
          addressesById.put(owner.id(), name);
          return new Mailbox(owner, clock);
        });
  }

  /** Members that are neither a group nor the owner of a mailbox become people without one. */
  public synchronized void addGroup(String address, List<String> addresses) {
    String key = lower(address);
    List<String> lowered = addresses.stream().map(Tenant::lower).toList();
    members.addAll(lowered);
    lowered.forEach(member -> addressesById.put(Ids.directory(member), member));
    groups.put(key, new Group(Ids.directory(key), key, key.replaceAll("@.*", ""), lowered));
  }

  public synchronized List<Mailbox> mailboxes() {
    return List.copyOf(mailboxes.values());
  }

  public synchronized List<Group> groups() {
    return List.copyOf(groups.values());
  }

  /** Everybody, by address. */
  public synchronized List<Person> people() {
    Map<String, Person> all = new TreeMap<>(people);
    for (String member : members) {
      if (!groups.containsKey(member)) {
        all.computeIfAbsent(member, address -> Person.of(address, false));
      }
    }
    return new ArrayList<>(all.values());
  }

  /** By id or address. */
  public synchronized Optional<Mailbox> mailbox(String user) {
    Mailbox byAddress = mailboxes.get(lower(user));
    if (byAddress != null) {
      return Optional.of(byAddress);
    }
    return Optional.ofNullable(addressesById.get(lower(user))).map(mailboxes::get);
  }

  /** By id or address. */
  public synchronized Optional<Person> person(String user) {
    String address = addressesById.getOrDefault(lower(user), lower(user));
    Person owner = people.get(address);
    return owner == null && members.contains(address) && !groups.containsKey(address)
        ? Optional.of(Person.of(address, false))
        : Optional.ofNullable(owner);
  }

  public Optional<Group> group(String id) {
    return groups().stream().filter(group -> group.id().equalsIgnoreCase(id)).findFirst();
  }

  /** Addresses of the members, and with {@code deep} of the members' members, each once. */
  public synchronized Set<String> members(Group group, boolean deep) {
    Set<String> found = new LinkedHashSet<>();
    collect(group, deep, found);
    found.remove(group.address());
    return found;
  }

  private void collect(Group group, boolean deep, Set<String> found) {
    for (String member : group.members()) {
      Group inner = groups.get(member);
      if (found.add(member) && deep && inner != null) {
        collect(inner, true, found);
      }
    }
  }

  public synchronized Optional<Group> groupAt(String address) {
    return Optional.ofNullable(groups.get(lower(address)));
  }

  private static String lower(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}

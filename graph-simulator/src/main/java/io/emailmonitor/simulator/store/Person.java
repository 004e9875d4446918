package io.emailmonitor.simulator.store;

/**
 * One user of the directory.
 *
 * @param address lower case
 * @param shared whether the mailbox belongs to nobody in particular; nobody signs in to those
 */
public record Person(
    String id, String address, String displayName, boolean hasMailbox, boolean shared) {

  static Person of(String address, boolean hasMailbox) {
    String local = address.substring(0, Math.max(address.indexOf('@'), 0));
    String name =
        local.isEmpty()
            ? address
            : local.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + local.substring(1);
    return new Person(
        Ids.directory(address), address, name, hasMailbox, local.startsWith("shared"));
  }
}

package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailReader;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Tenant;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The messages that this module ships on its class path. */
final class Samples {

  private static final Instant UNDATED = Instant.parse("2026-01-05T07:00:00Z");

  private Samples() {}

  /** In the order of their names. */
  static List<Sample> read() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String path : new String(bytes("index.txt"), StandardCharsets.UTF_8).lines().toList()) {
      samples.add(new Sample(path, MailReader.read(bytes(path))));
    }
    return samples;
  }

  static void load(Tenant tenant) throws IOException {
    List<Sample> samples = new ArrayList<>(read());
    samples.add(LargeSample.make());
    samples.sort(Comparator.comparing(sample -> sample.mail().arrived().orElse(UNDATED)));
    for (Sample sample : samples) {
      Mailbox mailbox = tenant.mailboxAt(sample.mailbox());
      mailbox.store(mailbox.folderAt(sample.folder()), sample.path(), sample.mail(), UNDATED);
    }
    try (InputStream groups = open("_groups.json")) {
      DataFolder.addGroups(tenant, groups, "samples/_groups.json");
    }
  }

  private static byte[] bytes(String path) throws IOException {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    }
  }

  private static InputStream open(String path) throws IOException {
    InputStream in = Samples.class.getResourceAsStream("/samples/" + path);
    if (in == null) {
      throw new FileNotFoundException("/samples/" + path + " is missing from the class path");
    }
    return in;
  }

  /**
   * One of them.
   *
   * @param path {@code <mailbox>/<folder>/<name>.eml}
   */
  record Sample(String path, Mail mail) {

    String mailbox() {
      return path.substring(0, path.indexOf('/'));
    }

    String folder() {
      return path.substring(path.indexOf('/') + 1, path.lastIndexOf('/'));
    }
  }
}

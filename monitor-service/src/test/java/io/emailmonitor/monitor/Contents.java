package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import io.emailmonitor.simulator.Truth.WithinTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the simulated mailboxes hold, and what has come out of them: by SHA-256. */
final class Contents {
  private static final List<String> TYPES = List.of(".pdf", ".docx", ".xlsx", ".csv");

  private Contents() {}

  /** What the simulator holds in the inboxes: SHA-256 by message and attachment. */
  static Map<String, String> hashes(GraphSimulator graph, Predicate<AttachmentTruth> wanted) {
    Map<String, String> hashes = new HashMap<>();
    for (MessageTruth message : inboxes(graph)) {
      message.attachments().stream()
          .filter(wanted)
          .forEach(a -> hashes.put(message.id() + " " + a.id(), String.valueOf(a.sha256())));
    }
    return hashes;
  }

  static List<MessageTruth> inboxes(GraphSimulator graph) {
    return graph.truth().mailboxes().stream()
        .flatMap(mailbox -> mailbox.folders().stream())
        .filter(folder -> folder.path().equals("inbox"))
        .flatMap(folder -> folder.messages().stream())
        .toList();
  }

  static boolean isWanted(AttachmentTruth attachment) {
    boolean damaged = attachment.name().equals("winmail.dat") && attachment.within().isEmpty();
    return damaged || (attachment.kind().equals("file") && isWanted(attachment.name()));
  }

  static boolean isWanted(String name) {
    return TYPES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
  }

  /** SHA-256 of what is taken out of other attachments. */
  static List<String> wantedWithin(GraphSimulator graph) {
    return inboxes(graph).stream()
        .flatMap(message -> message.attachments().stream())
        .flatMap(attachment -> attachment.allWithin(false))
        .filter(within -> within.kind().equals("file") && isWanted(within.name()))
        .map(WithinTruth::sha256)
        .toList();
  }

  /** Empties the queue; fails if a task is there twice. */
  static Map<String, String> contentHashes(RedisTaskQueue queue) throws MalformedTaskException {
    Map<String, String> hashes = new HashMap<>();
    for (Optional<ClaimedTask> next = queue.claim(); next.isPresent(); next = queue.claim()) {
      DecodedTask decoded = TaskCodec.decode(next.get().payload());
      String key = decoded.task().emailId() + " " + decoded.task().attachmentId();
      String hash = sha256(decoded.content());
      assertThat(decoded.task().extras().attachmentSha256()).isEqualTo(hash);
      assertThat(hashes.put(key, hash)).as("first of its kind: " + key).isNull();
      queue.acknowledge(next.get());
    }
    return hashes;
  }

  static List<String> storedHashes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<String> hashes = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.add(sha256(Files.readAllBytes(file)));
      }
      return hashes;
    }
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

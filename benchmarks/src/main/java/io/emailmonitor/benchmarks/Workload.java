package io.emailmonitor.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks to be encoded, with their contents in memory. */
final class Workload {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> WORDS =
      List.of(
          "invoice",
          "for",
          "November",
          "please",
          "find",
          "attached",
          "José",
          "Grüße",
          "€",
          "“final”",
          "\"draft\"",
          "budget\n",
          "a\\b",
          "\t",
          "\uD83D\uDE00");

  /** How many of the words are ASCII. */
  private static final int PLAIN_WORDS = 6;

  private static final int MADE_UP = 4000;

  private final List<Item> items;
  private final byte[] blob;

  private Workload(List<Item> items, byte[] blob) {
    this.items = items;
    this.blob = blob;
  }

  List<Item> items() {
    return items;
  }

  /** The same, of so many tasks at most. */
  Workload first(int count) {
    return new Workload(items.subList(0, Math.min(count, items.size())), blob);
  }

  /** A task whose content is a piece of the blob. */
  record Item(AttachmentTask task, int offset) {}

  /** The first tasks of the harness's file; the blob lies beside it. */
  static Workload read(Path file, int count) throws IOException {
    List<Item> items = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine();
          line != null && items.size() < count;
          line = lines.readLine()) {
        JsonNode item = JSON.readTree(line);
        items.add(new Item(task(item.get("task")), item.get("offset").intValue()));
      }
    }
    return new Workload(items, Files.readAllBytes(file.resolveSibling("blob.bin")));
  }

  private static AttachmentTask task(JsonNode json) {
    return new AttachmentTask(
        json.get("task_id").textValue(),
        json.get("email_id").textValue(),
        json.get("email_subject").textValue(),
        json.get("email_sender").textValue(),
        json.get("email_sender_email").textValue(),
        Instant.parse(json.get("email_received_date").textValue()),
        json.get("attachment_id").textValue(),
        json.get("attachment_filename").textValue(),
        json.get("attachment_mime_type").textValue(),
        json.get("attachment_size").intValue(),
        Instant.parse(json.get("created_at").textValue()),
        json.get("email_content").textValue(),
        AttachmentTask.Extras.of("invoices@example.com", null));
  }

  /** Tasks of a thousand bytes to four million, half of them small and few of them large. */
  static Workload madeUp(String name) {
    Random random = new Random(name.hashCode());
    int[] sizes =
        IntStream.range(0, MADE_UP)
            .map(i -> (int) (1000 * Math.pow(4000, Math.pow(random.nextDouble(), 4))))
            .toArray();
    return madeUp(name, sizes);
  }

  /**
   * Tasks of these sizes, made up, and as varied as mail is: code that was compiled for some texts
   * and lengths only is thrown away when it meets others.
   */
  static Workload madeUp(String name, int... sizes) {
    Random random = new Random(name.hashCode());
    List<Item> items = new ArrayList<>();
    for (int size : sizes) {
      String id = name + "_" + Integer.toHexString(items.size()) + "_" + Integer.toHexString(size);
      items.add(new Item(madeUp(id, size, random), 0));
    }
    byte[] blob = new byte[IntStream.of(sizes).max().orElse(0)];
    random.nextBytes(blob);
    return new Workload(items, blob);
  }

  private static AttachmentTask madeUp(String id, int size, Random random) {
    Instant received =
        Instant.ofEpochSecond(
            random.nextInt(Integer.MAX_VALUE),
            random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
    String graphId = "AAMkAG" + Integer.toHexString(random.nextInt()).repeat(16);
    return new AttachmentTask(
        id,
        graphId,
        text(random, 8),
        text(random, 2),
        "sender." + random.nextInt(1000) + "@example.com",
        received,
        graphId,
        text(random, 2) + ".pdf",
        "application/pdf",
        size,
        received,
        text(random, random.nextInt(250)),
        AttachmentTask.Extras.of(
            "invoices@example.com", random.nextBoolean() ? "application/pdf" : null));
  }

  private static String text(Random random, int words) {
    return IntStream.range(0, words)
        .mapToObj(i -> WORDS.get(random.nextInt(random.nextBoolean() ? PLAIN_WORDS : WORDS.size())))
        .collect(Collectors.joining(" "));
  }

  EncodedTask encode(Item item) {
    int size = item.task().attachmentSize();
    try {
      return TaskCodec.encode(
          item.task(), new ByteArrayInputStream(blob, item.offset(), size), size, size);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }
}

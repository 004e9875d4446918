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

/** Tasks to be encoded, with their contents in memory. */
final class Workload {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Item> items;
  private final byte[] blob;

  private Workload(List<Item> items, byte[] blob) {
    this.items = items;
    this.blob = blob;
  }

  List<Item> items() {
    return items;
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

  /**
   * Tasks of that size and of one and two bytes less, made up: base64 ends in three ways, and code
   * that has seen only one of them is compiled anew when it meets another.
   */
  static Workload madeUp(String name, int count, int size) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = name + "_" + Integer.toHexString(i) + "_" + Integer.toHexString(size);
      items.add(new Item(madeUp(id, Math.max(0, size - i % 3)), 0));
    }
    byte[] blob = new byte[size];
    new Random(size).nextBytes(blob);
    return new Workload(items, blob);
  }

  private static AttachmentTask madeUp(String id, int size) {
    return new AttachmentTask(
        id,
        "AAMkAG" + "0123456789abcdef".repeat(8),
        "Your “invoice” for November",
        "José Núñez",
        "jose.nunez@example.com",
        Instant.EPOCH,
        "AAMkAH" + "0123456789abcdef".repeat(8),
        "invoice.pdf",
        "application/pdf",
        size,
        Instant.EPOCH,
        "Please find the \"invoice\" attached.\n".repeat(20),
        AttachmentTask.Extras.of("invoices@example.com", "application/pdf"));
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

package io.emailmonitor.monitor.content;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Notes what lies within one attachment, as far as the limits allow. For one thread. */
final class Listing implements Unpacker.Step {
  private static final Pattern MESSAGE_ENDING = Pattern.compile("(?i)\\.(eml|ics|vcf|msg)$");

  private final Unpacker unpacker;
  private final Unpacker.Limits limits;
  private final ContentTypes types;
  private final List<Contained> found = new ArrayList<>();
  private int count;
  private long bytes;

  Listing(Unpacker unpacker, Unpacker.Limits limits, ContentTypes types) {
    this.unpacker = unpacker;
    this.limits = limits;
    this.types = types;
  }

  List<Contained> found() {
    return List.copyOf(found);
  }

  @Override
  public void part(String id, int level, Parts.Head head, InputStream content)
      throws IOException, InterruptedException {
    count++;
    if (count > limits.count()) {
      throw new ObstacleException(
          Obstacle.Kind.TOO_MANY, "more than " + limits.count() + " attachments within it");
    }
    int place = found.size();
    long[] size = {0};
    InputStream counted =
        new CountedStream(
            content,
            read -> {
              size[0] += read;
              expanded(read);
            });
    PushbackInputStream in = new PushbackInputStream(counted, ContentTypes.BYTES);
    byte[] beginning = in.readNBytes(ContentTypes.BYTES);
    in.unread(beginning);
    Attachment listed = listed(id, head, beginning);
    Optional<Format> format = unpacker.format(listed);
    @Nullable Obstacle obstacle =
        format.isPresent() ? descend(format.get(), in, id, level, place) : null;
    in.transferTo(OutputStream.nullOutputStream());
    found.add(
        place,
        new Contained(
            sized(listed, size[0]),
            types.detect(beginning, listed.name(), listed.contentType()),
            format.isPresent() && obstacle == null,
            obstacle));
  }

  /** What is wrong with one of them says nothing of the others; what is too much, of all. */
  private @Nullable Obstacle descend(
      Format format, InputStream content, String id, int level, int place)
      throws IOException, InterruptedException {
    if (level >= limits.depth()) {
      return new Obstacle(
          Obstacle.Kind.TOO_DEEP, "more than " + limits.depth() + " attachments around it");
    }
    try {
      unpacker.walk(format, content, id + ".", level + 1, this);
      return null;
    } catch (ObstacleException e) {
      Obstacle.Kind kind = e.obstacle().kind();
      if (kind == Obstacle.Kind.TOO_MANY || kind == Obstacle.Kind.TOO_LARGE) {
        throw e;
      }
      found.subList(place, found.size()).clear();
      return e.obstacle();
    } catch (IOException | RuntimeException e) {
      found.subList(place, found.size()).clear();
      return ObstacleException.damaged(e).obstacle();
    }
  }

  private Attachment listed(String id, Parts.Head head, byte[] beginning) throws IOException {
    Attachment.Kind kind = head.message() ? Attachment.Kind.ITEM : Attachment.Kind.FILE;
    String name = head.message() ? messageName(head, beginning) : head.name();
    if (name.isBlank()) {
      // As Exchange names what has no name.
      name = String.format(Locale.ROOT, "ATT%05d%s", count, types.ending(head.contentType()));
    }
    return new Attachment(id, kind, name, head.contentType(), 0, head.inline());
  }

  /** By its subject, as the mail system names attached messages. */
  private static String messageName(Parts.Head head, byte[] beginning) throws IOException {
    String subject = MimeParts.subject(new ByteArrayInputStream(beginning));
    String name = subject.isEmpty() ? head.name() : subject;
    return name.isEmpty() || MESSAGE_ENDING.matcher(name).find() ? name : name + ".eml";
  }

  private static Attachment sized(Attachment listed, long size) {
    return new Attachment(
        listed.id(), listed.kind(), listed.name(), listed.contentType(), size, listed.inline());
  }

  @Override
  public void expanded(int more) throws ObstacleException {
    bytes += more;
    if (bytes > limits.bytes()) {
      throw new ObstacleException(
          Obstacle.Kind.TOO_LARGE, "more than " + limits.bytes() + " bytes within it");
    }
  }
}

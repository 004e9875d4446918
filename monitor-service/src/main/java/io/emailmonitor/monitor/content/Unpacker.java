package io.emailmonitor.monitor.content;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks into attachments that hold others. What it is given may be made to do harm: how deep, how
 * many and how much is bounded, and content streams by. Safe for use by several threads.
 */
public final class Unpacker {
  /** Content that can be read as often as needed. */
  public interface Content {
    /** Starts anew. */
    InputStream open() throws IOException;
  }

  /** Takes what lies within. */
  public interface Receiver {
    /**
     * Takes one attachment.
     *
     * @param content to be read during the call
     */
    void take(Contained contained, InputStream content) throws IOException, InterruptedException;
  }

  /**
   * What is too much.
   *
   * @param depth attachments within attachments
   * @param count attachments within one, at all depths
   * @param bytes of all of them together
   */
  public record Limits(int depth, int count, long bytes) {}

  private final Set<Format> opened;
  private final Limits limits;
  private final ContentTypes types;
  private final Map<Format, Parts> parts =
      Map.of(
          Format.MESSAGE, MimeParts.ofMessages(),
          Format.TNEF, new TnefParts(),
          Format.SMIME, new SmimeParts());

  /**
   * Makes one for some formats.
   *
   * @param opened what is looked into
   */
  public Unpacker(Set<Format> opened, Limits limits, ContentTypes types) {
    this.opened = Set.copyOf(opened);
    this.limits = limits;
    this.types = types;
  }

  /** As what it is to be looked into, by what is listed of it; empty when it is not. */
  public Optional<Format> format(Attachment listed) {
    return Format.of(listed).filter(opened::contains);
  }

  /**
   * Lists what an attachment holds, at all depths, each before what it holds itself. The same
   * content gives the same list.
   *
   * @throws ObstacleException if it cannot be told, or would be too much
   */
  public List<Contained> list(Attachment container, Content content) throws IOException {
    Listing listing = new Listing(this, limits, types);
    try (InputStream in = content.open()) {
      walk(formatOf(container), in, container.id() + Contained.SEPARATOR, 1, listing);
    } catch (ObstacleException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ObstacleException.damaged(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nothing waits here", e);
    }
    return listing.found();
  }

  /**
   * Reads some of what {@link #list} has listed, the outer before the inner.
   *
   * @param listed the whole list
   * @param wanted ids
   */
  public void read(
      Attachment container,
      Content content,
      List<Contained> listed,
      Collection<String> wanted,
      Receiver receiver)
      throws IOException, InterruptedException {
    Map<String, Contained> byId =
        listed.stream().collect(Collectors.toMap(c -> c.attachment().id(), Function.identity()));
    Set<Integer> levels =
        listed.stream()
            .filter(c -> wanted.contains(c.attachment().id()))
            .map(Contained::level)
            .collect(Collectors.toSet());
    for (int level : levels.stream().sorted().toList()) {
      Step reading = reading(byId, wanted, level, receiver);
      try (InputStream in = content.open()) {
        walk(formatOf(container), in, container.id() + Contained.SEPARATOR, 1, reading);
      }
    }
  }

  private Step reading(
      Map<String, Contained> byId, Collection<String> wanted, int target, Receiver receiver) {
    return new Step() {
      @Override
      public void part(String id, int level, Parts.Head head, InputStream content)
          throws IOException, InterruptedException {
        Contained contained = byId.get(id);
        if (contained != null && level == target && wanted.contains(id)) {
          receiver.take(contained, content);
        } else if (contained != null
            && level < target
            && contained.opened()
            && wanted.stream().anyMatch(inner -> Contained.isWithin(inner, id))) {
          walk(formatOf(contained.attachment()), content, id + ".", level + 1, this);
        }
      }
    };
  }

  /** Is shown what lies within, and decides itself whether to go deeper. */
  interface Step {
    void part(String id, int level, Parts.Head head, InputStream content)
        throws IOException, InterruptedException;

    /** Learns that so many bytes have come out of compressed ones. */
    default void expanded(int bytes) throws IOException {}
  }

  void walk(Format format, InputStream container, String prefix, int level, Step step)
      throws IOException, InterruptedException {
    Parts reader = parts.get(format);
    if (reader == null) {
      throw new IllegalArgumentException("no reader for " + format);
    }
    reader.read(
        container,
        new Parts.Visitor() {
          private int number;

          @Override
          public void part(Parts.Head head, InputStream content)
              throws IOException, InterruptedException {
            number++;
            step.part(prefix + number, level, head, content);
          }

          @Override
          public void expanded(int bytes) throws IOException {
            step.expanded(bytes);
          }
        });
  }

  private static Format formatOf(Attachment container) {
    return Format.of(container).orElseThrow();
  }
}

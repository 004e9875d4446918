package io.emailmonitor.monitor.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells content types from first bytes. Safe for use by several threads. The name only refines what
 * the bytes allow: a zip file named docx is a Word file, a program named pdf stays a program; where
 * the bytes say nothing, the name counts.
 */
public final class ContentTypes {
  /**
   * How many bytes to look at. All signatures that matter in mail lie within, the last of them that
   * of old Word files; looking costs about as much time as there are bytes.
   */
  public static final int BYTES = 2304;

  /** Tika's own names for what can be one of several types, such as the Office formats. */
  private static final String FAMILY = "x-tika-";

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();
  private final MediaTypeRegistry registry = types.getMediaTypeRegistry();
  private final Set<MediaType> known = Set.copyOf(registry.getTypes());

  /**
   * Looks at the beginning of an attachment's content.
   *
   * @param name as listed
   * @param declared the type as listed
   */
  public Detected detect(byte[] beginning, String name, @Nullable String declared) {
    if (beginning.length == 0) {
      return Detected.NOTHING;
    }
    MediaType type = type(beginning, name);
    boolean misnamed = contradicts(byName(name), type);
    boolean misdeclared = contradicts(declared(declared), type);
    Detected.Mismatch mismatch =
        misnamed
            ? misdeclared ? Detected.Mismatch.BOTH : Detected.Mismatch.NAME
            : misdeclared ? Detected.Mismatch.DECLARED : null;
    return new Detected(type.toString(), mismatch);
  }

  /**
   * Whether content of a detected type is what one of these endings stands for. Where the content
   * can be one of several types, as the Office formats begin alike, each of them will do.
   *
   * @param endings of file names, in lower case with their dot
   */
  public boolean isOneOf(Set<String> endings, String name, String detected) {
    MediaType type = MediaType.parse(detected);
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return endings.stream()
        .anyMatch(
            ending -> {
              MediaType wanted = byName(ending);
              return type.equals(wanted)
                  || (isFamily(type) && registry.isInstanceOf(wanted, type))
                  || (lowerCase.endsWith(ending) && !contradicts(wanted, type));
            });
  }

  /** The usual ending for a type, with its dot; empty when there is none. */
  String ending(@Nullable String declared) {
    try {
      MediaType type = declared(declared);
      return type == null ? "" : types.forName(type.toString()).getExtension();
    } catch (MimeTypeException e) {
      return "";
    }
  }

  private MediaType type(byte[] beginning, String name) {
    try (TikaInputStream stream = TikaInputStream.get(beginning)) {
      return detect(stream, name);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  private MediaType detect(@Nullable TikaInputStream content, String name) {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    try {
      return types.detect(content, metadata, new ParseContext());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory cannot fail", e);
    }
  }

  private MediaType byName(String name) {
    return detect(null, name);
  }

  /** Nothing for what nobody knows: it cannot contradict anything. */
  private @Nullable MediaType declared(@Nullable String declared) {
    MediaType parsed = declared == null ? null : MediaType.parse(declared.strip());
    MediaType type = parsed == null ? null : registry.normalize(parsed.getBaseType());
    return type != null && known.contains(type) ? type : null;
  }

  /** Neither is a special case of the other. Everything is a special case of plain bytes. */
  private boolean contradicts(@Nullable MediaType claimed, MediaType found) {
    return claimed != null
        && !registry.isInstanceOf(found, claimed)
        && !registry.isInstanceOf(claimed, found);
  }

  private static boolean isFamily(MediaType type) {
    return type.getSubtype().startsWith(FAMILY);
  }
}

package io.emailmonitor.monitor.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/** The attachments of a message, as it streams by. */
final class MimeParts implements Parts {
  /** Real mail has a handful; each level costs the reader a frame of its stack. */
  private static final int DEEPEST = 50;

  /** The reader holds a header's line in memory before it looks at the header. */
  private static final int LONGEST_HEADER = 256 * 1024;

  private static final MimeConfig LENIENT =
      MimeConfig.custom()
          .setMaxLineLen(LONGEST_HEADER)
          .setMaxHeaderLen(LONGEST_HEADER)
          .setMaxHeaderCount(10_000)
          .build();

  private static final Set<String> BODIES = Set.of("text/plain", "text/html");
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String ATTACHMENT = "attachment";

  private final Set<String> roots;

  private MimeParts(Set<String> roots) {
    this.roots = roots;
  }

  /** Any message: what has no structure has a body and nothing else. */
  static MimeParts ofMessages() {
    return new MimeParts(Set.of());
  }

  /**
   * Only what declares a type.
   *
   * @param roots the types that it may have; empty for any
   */
  static MimeParts declared(String... roots) {
    return new MimeParts(roots.length == 0 ? Set.of("") : Set.of(roots));
  }

  @Override
  public void read(InputStream container, Visitor visitor)
      throws IOException, InterruptedException {
    MimeTokenStream tokens =
        new MimeTokenStream(LENIENT, DecodeMonitor.SILENT, new DefaultBodyDescriptorBuilder());
    tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    tokens.parse(container);
    Deque<String> multiparts = new ArrayDeque<>();
    @Nullable RawBody declared = null;
    boolean root = true;
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = next(tokens)) {
      switch (state) {
        case T_START_HEADER -> declared = null;
        case T_FIELD -> {
          if (tokens.getField().getName().equalsIgnoreCase(CONTENT_TYPE)) {
            RawField field = new RawField(CONTENT_TYPE, tokens.getField().getBody());
            declared = RawFieldParser.DEFAULT.parseRawBody(field);
          }
        }
        case T_START_MULTIPART -> {
          checkRoot(root, declared != null, tokens);
          root = false;
          multiparts.push(tokens.getBodyDescriptor().getMimeType());
          if (multiparts.size() > DEEPEST) {
            throw new ObstacleException(
                Obstacle.Kind.TOO_DEEP, "parts within parts, more than " + DEEPEST + " deep");
          }
        }
        case T_END_MULTIPART -> multiparts.pop();
        case T_BODY -> {
          checkRoot(root, declared != null, tokens);
          root = false;
          MaximalBodyDescriptor part = (MaximalBodyDescriptor) tokens.getBodyDescriptor();
          Head head = head(part, declared, "multipart/related".equals(multiparts.peek()));
          if (!isBody(part, head)) {
            visitor.part(head, tokens.getDecodedInputStream());
          }
        }
        default -> {}
      }
    }
  }

  private static EntityState next(MimeTokenStream tokens) throws IOException {
    try {
      return tokens.next();
    } catch (MimeException | RuntimeException e) {
      throw ObstacleException.damaged(e);
    }
  }

  private void checkRoot(boolean root, boolean declares, MimeTokenStream tokens)
      throws ObstacleException {
    if (root && !roots.isEmpty()) {
      String type = tokens.getBodyDescriptor().getMimeType();
      if (!declares || !(roots.contains("") || roots.contains(type))) {
        throw ObstacleException.damaged("not a signed message");
      }
    }
  }

  /** What is shown as the message's text, rather than attached. */
  private static boolean isBody(MaximalBodyDescriptor part, Head head) {
    return BODIES.contains(part.getMimeType())
        && head.name().isEmpty()
        && !ATTACHMENT.equalsIgnoreCase(part.getContentDispositionType());
  }

  private static Head head(
      MaximalBodyDescriptor part, @Nullable RawBody declared, boolean related) {
    String disposition = part.getContentDispositionType();
    boolean shown =
        "inline".equalsIgnoreCase(disposition)
            || (related
                && part.getContentId() != null
                && !ATTACHMENT.equalsIgnoreCase(disposition));
    String type = part.getMimeType();
    boolean message = type.equals("message/rfc822") || type.equals("message/global");
    boolean said = declared != null || message;
    return new Head(name(part, declared), said ? type : null, message, shown);
  }

  private static String name(MaximalBodyDescriptor part, @Nullable RawBody declared) {
    String name = part.getContentDispositionFilename();
    if (name == null) {
      name = part.getContentTypeParameters().get("name");
    }
    if (name == null && declared != null) {
      // The library takes nothing from a type that is none, such as BINARY.
      name =
          declared.getParams().stream()
              .filter(parameter -> parameter.getName().equalsIgnoreCase("name"))
              .map(NameValuePair::getValue)
              .findFirst()
              .orElse(null);
    }
    return name == null ? "" : DecoderUtil.decodeEncodedWords(name, DecodeMonitor.SILENT);
  }

  /** The subject of a message that begins like this; empty when it has none. */
  static String subject(InputStream beginning) throws IOException {
    MimeTokenStream tokens = new MimeTokenStream(LENIENT);
    tokens.setRecursionMode(RecursionMode.M_FLAT);
    tokens.parse(beginning);
    @Nullable String subject = null;
    EntityState state = tokens.getState();
    while (subject == null
        && state != EntityState.T_END_HEADER
        && state != EntityState.T_END_OF_STREAM) {
      if (state == EntityState.T_FIELD
          && tokens.getField().getName().toLowerCase(Locale.ROOT).equals("subject")) {
        subject = DecoderUtil.decodeEncodedWords(tokens.getField().getBody(), DecodeMonitor.SILENT);
      }
      state = next(tokens);
    }
    return subject == null ? "" : subject.strip();
  }
}

package io.emailmonitor.monitor.content;

import io.emailmonitor.monitor.mailbox.Attachment;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A kind of attachment that holds others. */
public enum Format {
  /** A message with attachments of its own. */
  MESSAGE,
  /** What Outlook sends to those whom it takes for Outlook: {@code winmail.dat}. */
  TNEF,
  /** A message that is signed, encrypted or compressed, shown as {@code smime.p7m}. */
  SMIME;

  private static final Set<String> TNEF_TYPES =
      Set.of("application/ms-tnef", "application/vnd.ms-tnef");
  private static final Set<String> SMIME_TYPES =
      Set.of("application/pkcs7-mime", "application/x-pkcs7-mime");

  /** Also as Exchange names what has none. */
  private static final Pattern NO_NAME = Pattern.compile("(att\\d{5,}(\\.\\w+)?)?");

  private static final String TNEF_NAME = "winmail.dat";
  private static final Set<String> SMIME_NAMES = Set.of("smime.p7m", "smime.p7z");

  /** Whether it is only there to carry others, so that its own type says nothing of them. */
  public boolean isWrapper() {
    return this != MESSAGE;
  }

  /**
   * Tells by what is listed. A signed file, such as {@code invoice.xml.p7m}, is a file and no
   * message: only what is named as mail programs name a message is taken for one.
   */
  public static Optional<Format> of(Attachment listed) {
    if (listed.kind() == Attachment.Kind.ITEM) {
      return Optional.of(MESSAGE);
    }
    if (listed.kind() == Attachment.Kind.REFERENCE) {
      return Optional.empty();
    }
    String name = listed.name().strip().toLowerCase(Locale.ROOT);
    String type = bareType(listed);
    if (TNEF_TYPES.contains(type) || name.equals(TNEF_NAME)) {
      return Optional.of(TNEF);
    }
    boolean smime =
        type.equals("multipart/signed")
            || SMIME_NAMES.contains(name)
            || (NO_NAME.matcher(name).matches() && SMIME_TYPES.contains(type));
    return smime ? Optional.of(SMIME) : Optional.empty();
  }

  private static String bareType(Attachment listed) {
    String type = listed.contentType();
    return type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }
}

package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.content.Format;
import java.util.List;
import java.util.Set;

/**
 * What is wanted.
 *
 * @param fileTypes endings of file names such as {@code .pdf}, with or without the dot, in any
 *     case; {@code *} stands for all
 * @param maxSize how many bytes an attachment may have
 * @param byContent whether the content decides what type it is, rather than the name
 * @param allowedSenders addresses and domains; empty allows everybody
 * @param patterns what is wanted by patterns of names
 * @param opened kinds of attachment that are looked into for others
 */
public record FilterSettings(
    List<String> fileTypes,
    boolean byContent,
    long maxSize,
    List<String> allowedSenders,
    InlinePolicy inline,
    PatternRules patterns,
    Set<Format> opened) {
  public static final List<String> DEFAULT_FILE_TYPES = List.of(".pdf", ".docx", ".xlsx", ".csv");

  /** Without patterns, and with everything left closed. */
  public FilterSettings(
      List<String> fileTypes,
      boolean byContent,
      long maxSize,
      List<String> allowedSenders,
      InlinePolicy inline) {
    this(fileTypes, byContent, maxSize, allowedSenders, inline, PatternRules.NONE, Set.of());
  }

  public FilterSettings {
    fileTypes = List.copyOf(fileTypes);
    allowedSenders = List.copyOf(allowedSenders);
    opened = Set.copyOf(opened);
  }
}

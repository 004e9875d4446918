package io.emailmonitor.monitor.filter;

import java.util.List;

/**
 * What is wanted.
 *
 * @param fileTypes endings of file names such as {@code .pdf}, with or without the dot, in any
 *     case; {@code *} stands for all
 * @param maxSize how many bytes an attachment may have
 * @param allowedSenders addresses and domains; empty allows everybody
 */
public record FilterSettings(
    List<String> fileTypes, long maxSize, List<String> allowedSenders, InlinePolicy inline) {
  public static final List<String> DEFAULT_FILE_TYPES = List.of(".pdf", ".docx", ".xlsx", ".csv");

  public FilterSettings {
    fileTypes = List.copyOf(fileTypes);
    allowedSenders = List.copyOf(allowedSenders);
  }
}

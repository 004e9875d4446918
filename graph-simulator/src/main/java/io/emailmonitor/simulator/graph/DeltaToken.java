package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * All that a delta link says: where its reader stands and with which options the first request was
 * made. Opaque to clients.
 *
 * @param feed the folder, or what else is tracked
 * @param chain one reader's sequence of links, from its first request on
 * @param generation counts the links of a chain
 * @param from what had been seen before this round
 * @param to where this round ends
 * @param cursor what has been given of it
 * @param left how many items this round may still give
 */
record DeltaToken(
    String feed,
    String chain,
    int generation,
    long from,
    long to,
    long cursor,
    int left,
    Options options) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * The options of the first request, for all that follow.
   *
   * @param top 0 for none
   */
  record Options(
      String select,
      String filter,
      String expand,
      String changeType,
      boolean newestFirst,
      int top) {}

  static DeltaToken first(String feed, String chain, long to, Options options) {
    return new DeltaToken(
        feed, chain, 0, 0, to, options.newestFirst ? to : 0, cap(options), options);
  }

  /** A new round, on what happened since the last one. */
  DeltaToken nextRound(long highest) {
    return new DeltaToken(
        feed,
        chain,
        generation,
        to,
        highest,
        options.newestFirst ? highest : to,
        cap(options),
        options);
  }

  /** The link to what is left of this round. */
  DeltaToken nextPage(long nowAt, int nowLeft) {
    return new DeltaToken(feed, chain, generation + 1, from, to, nowAt, nowLeft, options);
  }

  /** The link to the next round. */
  DeltaToken roundDone() {
    return new DeltaToken(feed, chain, generation + 1, from, to, to, 0, options);
  }

  /** {@code $top} ends the whole round; a filtered round ends silently at 5,000. */
  private static int cap(Options options) {
    int filtered = options.filter.isEmpty() ? Integer.MAX_VALUE : 5000;
    return options.top == 0 ? filtered : Math.min(options.top, filtered);
  }

  String encode() {
    try {
      byte[] json = MAPPER.writeValueAsBytes(this);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(json) + '.' + check(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values can always be written", e);
    }
  }

  static DeltaToken decode(String text) {
    int dot = text.indexOf('.');
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.substring(0, Math.max(dot, 0)));
      if (!check(json).equals(text.substring(dot + 1))) {
        throw badlyFormed();
      }
      return MAPPER.readValue(new String(json, StandardCharsets.UTF_8), DeltaToken.class);
    } catch (IllegalArgumentException | IOException e) {
      throw badlyFormed();
    }
  }

  static GraphFailure badlyFormed() {
    return GraphFailure.badRequest("Badly formed token.");
  }

  private static String check(byte[] json) {
    CRC32 crc = new CRC32();
    crc.update(json);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}

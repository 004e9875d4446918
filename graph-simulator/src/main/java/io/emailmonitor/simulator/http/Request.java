package io.emailmonitor.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request, taken apart. */
public final class Request {

  private static final Pattern KEY = Pattern.compile("([A-Za-z.]+)\\('(.*)'\\)", Pattern.DOTALL);

  private final String method;
  private final String server;
  private final List<String> segments;
  private final Map<String, String> query;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final String version;

  /**
   * @param server scheme, host and port as the client addressed them
   * @param headers names in lower case
   * @param version such as {@code HTTP/1.1}
   */
  Request(
      String method,
      String server,
      String rawPath,
      String rawQuery,
      Map<String, List<String>> headers,
      byte[] body,
      String version) {
    this.method = method;
    this.segments = segments(rawPath);
    this.server = server;
    this.query = query(rawQuery);
    this.headers = headers;
    this.body = body;
    this.version = version;
  }

  public String method() {
    return method;
  }

  /** Scheme, host and port as the client addressed them. */
  public String server() {
    return server;
  }

  /** Where Graph's paths start, without a slash at the end. */
  public String baseUri() {
    return server + "/v1.0";
  }

  /** Decoded; {@code users('a')} counts as {@code users/a}. */
  public List<String> segments() {
    return segments;
  }

  /** A query option by its name without the dollar sign, in any case. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(query.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All options by name, in lower case, without the dollar sign. */
  public Map<String, String> options() {
    return query;
  }

  public Optional<String> header(String name) {
    List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
    return values == null ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** Read only. */
  public byte[] body() {
    return body;
  }

  /** The body of a form. */
  public Map<String, String> form() {
    return pairs(new String(body, StandardCharsets.UTF_8));
  }

  /** What follows {@code Bearer}; empty when nothing does. */
  public String bearer() {
    String given = header("Authorization").orElse("");
    return given.regionMatches(true, 0, "Bearer ", 0, 7) ? given.substring(7).strip() : "";
  }

  boolean isHttp10() {
    return version.equals("HTTP/1.0");
  }

  boolean wantsClose() {
    String connection = header("Connection").orElse(isHttp10() ? "close" : "");
    return connection.toLowerCase(Locale.ROOT).contains("close");
  }

  private static List<String> segments(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String raw : rawPath.split("/", -1)) {
      String segment = decode(raw.replace("+", "%2B"));
      Matcher key = KEY.matcher(segment);
      if (key.matches()) {
        segments.add(key.group(1));
        segments.add(key.group(2).replace("''", "'"));
      } else if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  private static Map<String, String> query(String rawQuery) {
    Map<String, String> query = new LinkedHashMap<>();
    pairs(rawQuery)
        .forEach(
            (name, value) -> {
              String plain = name.startsWith("$") ? name.substring(1) : name;
              query.put(plain.toLowerCase(Locale.ROOT), value);
            });
    return query;
  }

  private static Map<String, String> pairs(String encoded) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.isEmpty()) {
        pairs.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}

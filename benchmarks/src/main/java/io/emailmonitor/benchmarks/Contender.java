package io.emailmonitor.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This program's entry in the harness's list: the JVM and the jar that run right now. */
final class Contender {
  private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx512m");

  private Contender() {}

  static String json() throws JsonProcessingException, URISyntaxException {
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("name", "email-monitor");
    ours.put("measure", "ECL");
    ours.put("enqueue", command("enqueue"));
    ours.put("consume", command("consume"));
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(List.of(ours));
  }

  private static List<String> command(String verb) throws URISyntaxException {
    Path jar = Path.of(Contender.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-jar", jar.toString(), verb));
    return command;
  }
}

package io.emailmonitor.service.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.logging.json.EventJsonLayoutBaseFactory;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ConcerningTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("test");
  private final LayoutBase<ILoggingEvent> layout =
      new TextLayoutFactory().build(context, TimeZone.getTimeZone("UTC"));

  ConcerningTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    layout.start();
  }

  @Test
  void saysWhichTaskALineIsAbout_unlessTheLineDoes() {
    MDC.clear();
    Concerning mailbox = Concerning.mailbox("12ab");
    try (mailbox) {
      Concerning task = Concerning.task("12ab_34_56");
      try (task) {
        assertThat(line("failed")).endsWith(": failed (mailbox 12ab, task 12ab_34_56)\n");
        assertThat(line("task 12ab_34_56: failed")).endsWith(": task 12ab_34_56: failed\n");
      }
      assertThat(line("read")).endsWith(": read (mailbox 12ab)\n");
    }
    assertThat(line("done")).endsWith(": done\n");
  }

  @Test
  void isAFieldOfItsOwn_whereLogsAreCollected() throws IOException {
    LayoutBase<ILoggingEvent> json =
        new EventJsonLayoutBaseFactory().build(context, TimeZone.getTimeZone("UTC"));
    json.start();
    MDC.clear();
    Concerning task = Concerning.task("12ab_34_56");
    try (task) {
      JsonNode line = new ObjectMapper().readTree(json.doLayout(event("failed")));
      assertThat(line.at("/mdc/task").asText()).isEqualTo("12ab_34_56");
      assertThat(line.at("/message").asText()).isEqualTo("failed");
    }
  }

  private String line(String message) {
    return layout.doLayout(event(message));
  }

  private LoggingEvent event(String message) {
    LoggingEvent event = new LoggingEvent("", logger, Level.INFO, message, null, null);
    event.setMDCPropertyMap(Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));
    return event;
  }
}

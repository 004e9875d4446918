package io.emailmonitor.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
  private static final Path RULES = Path.of("..", "ops", "prometheus");

  @Test
  void alertsGoOff_whenTheyShould() {
    Promtool.testRules();
  }

  @Test
  void everyAlertHasACure_andATest() throws IOException {
    String operations = Files.readString(Path.of("..", "docs", "operations.md"));
    String tests = Files.readString(RULES.resolve("alerts_test.yml"));
    String rules = Files.readString(RULES.resolve("alerts.yml"));
    List<String> alerts =
        Pattern.compile("- alert: (\\w+)").matcher(rules).results().map(r -> r.group(1)).toList();

    assertThat(alerts).isNotEmpty().allMatch(alert -> operations.contains("`" + alert + "`"));
    assertThat(alerts).allMatch(alert -> tests.contains("alertname=\"" + alert + "\""));
    assertThat(Pattern.compile(" cure: ").matcher(rules).results().map(MatchResult::group))
        .hasSameSizeAs(alerts);
  }
}

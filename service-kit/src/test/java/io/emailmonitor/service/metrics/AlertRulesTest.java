package io.emailmonitor.service.metrics;

import org.junit.jupiter.api.Test;

class AlertRulesTest {
  @Test
  void alertsGoOff_whenTheyShould() {
    Promtool.testRules();
  }
}

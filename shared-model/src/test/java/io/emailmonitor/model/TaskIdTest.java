package io.emailmonitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskIdTest {
  @Test
  void staysTheSame_acrossReleases() {
    // Ids are what keeps an attachment from being enqueued twice: a release that changes them
    // enqueues everything again.
    assertThat(TaskId.of("invoices@contoso.example", "AAkALgSim1", "AAkALgSim1Att1"))
        .isEqualTo("45c67f0443ca_160c16afc2fdb159156f_ee2abd730d32098c181ee9826c9d40c6");
  }

  @Test
  void hasThreeLowerCaseHexParts() {
    assertThat(TaskId.of("a", "b", "c")).matches("[0-9a-f]{12}_[0-9a-f]{20}_[0-9a-f]{32}");
  }

  @Test
  void ignoresTheCaseOfTheAddress_only() {
    assertThat(TaskId.of("A@B.example", "m", "a")).isEqualTo(TaskId.of("a@b.example", "m", "a"));
    assertThat(TaskId.of("a@b.example", "M", "a")).isNotEqualTo(TaskId.of("a@b.example", "m", "a"));
    assertThat(TaskId.of("a@b.example", "m", "A")).isNotEqualTo(TaskId.of("a@b.example", "m", "a"));
  }

  @Test
  void differs_whenTheSameTextIsSplitElsewhere() {
    assertThat(TaskId.of("a", "bc", "d")).isNotEqualTo(TaskId.of("a", "b", "cd"));
  }
}

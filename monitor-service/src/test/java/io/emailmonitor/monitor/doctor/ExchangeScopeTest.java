package io.emailmonitor.monitor.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangeScopeTest {
  @Test
  void runsNothingThatAnAddressSays_whenPasted() {
    Mailbox odd = new Mailbox("o'neil$(calc)`\"@contoso.example");

    assertThat(new ExchangeScope("app", "object", List.of(odd), "Mail.Read").commands())
        .contains("\"PrimarySmtpAddress -eq 'o''neil`$(calc)```\"@contoso.example'\"")
        .contains("-Resource 'o''neil$(calc)`\"@contoso.example'");
  }

  @Test
  void choosesByAnAttribute_whenTooManyToName() {
    List<Mailbox> many =
        IntStream.range(0, 11).mapToObj(i -> new Mailbox(i + "@contoso.example")).toList();

    assertThat(new ExchangeScope(null, null, many, "Mail.Read").commands())
        .contains("-AppId <client id> -ObjectId <object id of the enterprise application>")
        .contains("CustomAttribute1 -eq 'monitored'")
        .doesNotContain("PrimarySmtpAddress");
  }
}

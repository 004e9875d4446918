package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.simulator.Samples.Sample;
import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.mail.MailReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewMailTest {

  @Test
  void variesSubjectAndId_andNothingElse() throws IOException {
    List<Sample> samples = Samples.read();
    assertThat(samples).hasSizeGreaterThan(40);
    for (Sample sample : samples) {
      Mail before = sample.mail();
      Mail after = MailReader.read(NewMail.variation(before, 7));
      assertThat(after.subject()).as(sample.path()).endsWith("#7").startsWith(start(before));
      assertThat(after.messageId()).isEqualTo("<variation-7@simulator.invalid>");
      assertThat(after.from()).isEqualTo(before.from());
      assertThat(after.text()).isEqualTo(before.text());
      assertThat(hashes(after)).isEqualTo(hashes(before));
    }
  }

  private static String start(Mail mail) {
    return mail.subject() == null ? "" : mail.subject();
  }

  private static List<String> hashes(Mail mail) {
    return mail.attachments().stream()
        .map(MailAttachment::content)
        .map(content -> content.sha256())
        .toList();
  }
}

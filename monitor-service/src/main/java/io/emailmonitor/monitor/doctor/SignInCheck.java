package io.emailmonitor.monitor.doctor;

import io.emailmonitor.monitor.graph.CertificateFile;
import io.emailmonitor.monitor.graph.Credentials;
import io.emailmonitor.monitor.graph.Grant;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.graph.GraphSettings;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Signs in at Graph and tells as whom, until when, and whether Graph takes the token. */
public final class SignInCheck {
  private static final String SUBJECT = "sign-in";
  private static final Duration SOON = Duration.ofDays(30);

  private final GraphSettings settings;
  private final GraphMailSource mail;
  private final Clock clock;

  public SignInCheck(GraphSettings settings, GraphMailSource mail, Clock clock) {
    this.settings = settings;
    this.mail = mail;
    this.clock = clock;
  }

  /** Returns what the token says; empty when there is none that Graph takes. */
  public Optional<Grant> look(Report report) {
    if (settings.credentials() instanceof Credentials.ClientCertificate app) {
      report.add(certificate(app));
    }
    Grant grant;
    try {
      grant = mail.signIn();
      report.add(Finding.ok(SUBJECT, words(grant)));
    } catch (MailSourceException e) {
      report.add(Finding.fail(SUBJECT, settings.authorityHost(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    try {
      mail.check();
      report.add(Finding.ok("graph", settings.baseUrl() + " answers and takes the token"));
    } catch (MailSourceException e) {
      report.add(Finding.fail("graph", settings.baseUrl(), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
    return Optional.of(grant);
  }

  private Finding certificate(Credentials.ClientCertificate app) {
    Instant end = CertificateFile.read(app.file(), app.password()).validUntil();
    String words = app.file() + " is good until " + end;
    String remedy =
        "Make a new certificate, upload its public part to the application and set"
            + " AZURE_CLIENT_CERTIFICATE_PATH";
    Instant now = clock.instant();
    if (end.isBefore(now)) {
      return Finding.fail("certificate", words, remedy);
    }
    return end.isBefore(now.plus(SOON))
        ? Finding.note("certificate", words, remedy)
        : Finding.ok("certificate", words);
  }

  private String words(Grant grant) {
    Instant expires = grant.expires();
    return settings.credentials().method()
        + identity(settings.credentials(), grant)
        + (expires == null ? "" : ", token until " + expires.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String identity(Credentials credentials, Grant grant) {
    String client = grant.clientId() == null ? credentials.clientId() : grant.clientId();
    String tenant = grant.tenantId() == null ? credentials.tenantId() : grant.tenantId();
    return (client == null ? "" : " as " + client) + (tenant == null ? "" : " in tenant " + tenant);
  }
}

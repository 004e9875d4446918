package io.emailmonitor.monitor.graph;

import io.emailmonitor.monitor.graph.Credentials.ClientCertificate;
import io.emailmonitor.monitor.graph.Credentials.ManagedIdentity;
import io.emailmonitor.monitor.graph.Credentials.WorkloadIdentity;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures to get a token, which come wrapped several times. Neither the login service's text
 * nor the cause is handed on: both quote what was sent.
 */
final class LoginFailures {
  private static final Pattern CODE = Pattern.compile("AADSTS(\\d+)");

  /** The login service is in trouble, not we. */
  private static final Set<String> TRANSIENT = Set.of("90033", "90006", "50196");

  private static final String NO_CERTIFICATE =
      "the certificate in AZURE_CLIENT_CERTIFICATE_PATH is not registered with the application;"
          + " upload its public part there";
  private static final String EXPIRED_CERTIFICATE =
      "the certificate has expired or is not valid yet; make a new one, upload its public part to"
          + " the application and set AZURE_CLIENT_CERTIFICATE_PATH";
  private static final String NO_FEDERATION =
      "no federated credential of the application matches the token in AZURE_FEDERATED_TOKEN_FILE;"
          + " compare issuer, subject and audience";
  private static final String NO_CONSENT =
      "the application is not set up in the tenant; have an administrator consent to it";

  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry(
              "7000215",
              "AZURE_CLIENT_SECRET is not this application's secret (its value is needed, not its"
                  + " id)"),
          Map.entry(
              "7000222",
              "the client secret has expired; make a new one and set AZURE_CLIENT_SECRET"),
          Map.entry(
              "7000218", "the application wants a secret or a certificate, and none was sent"),
          Map.entry(
              "700016",
              "AZURE_CLIENT_ID is no application of the tenant; check it and AZURE_TENANT_ID"),
          Map.entry(
              "7000112", "the application is switched off in the tenant; have it switched on"),
          Map.entry("7000229", NO_CONSENT),
          Map.entry("65001", NO_CONSENT),
          Map.entry("650052", NO_CONSENT),
          Map.entry(
              "90002",
              "AZURE_TENANT_ID is no tenant of this cloud; check it, and AZURE_CLOUD or"
                  + " AZURE_AUTHORITY_HOST"),
          Map.entry("900023", "AZURE_TENANT_ID is neither a tenant's id nor its domain"),
          Map.entry(
              "500011",
              "the tenant does not know this Graph; check GRAPH_BASE_URL, or AZURE_CLOUD"),
          Map.entry(
              "900382",
              "the tenant is of another cloud; check AZURE_CLOUD or AZURE_AUTHORITY_HOST"),
          Map.entry("700027", NO_CERTIFICATE),
          Map.entry("1000502", EXPIRED_CERTIFICATE),
          Map.entry(
              "700024",
              "what was signed is from another time; set this machine's clock right (by NTP)"),
          Map.entry("70021", NO_FEDERATION),
          Map.entry("700211", NO_FEDERATION),
          Map.entry("700212", NO_FEDERATION),
          Map.entry("700213", NO_FEDERATION),
          Map.entry("70025", NO_FEDERATION),
          Map.entry(
              "53003",
              "a Conditional Access policy forbids it; have an administrator admit the"
                  + " application"));

  private LoginFailures() {}

  static MailSourceException of(Credentials credentials, RuntimeException thrown) {
    MailSourceException told = Failures.find(thrown, MailSourceException.class);
    if (told != null) {
      return told;
    }
    String code = code(thrown);
    boolean passing = code == null ? isPassing(thrown) : TRANSIENT.contains(code);
    return new MailSourceException(
        passing ? Kind.UNAVAILABLE : Kind.UNAUTHENTICATED,
        "Getting a token failed: "
            + (code == null ? words(credentials, passing) : "AADSTS" + code + ", " + remedy(code)),
        null,
        null);
  }

  private static boolean isPassing(Throwable thrown) {
    return Failures.find(thrown, InterruptedException.class) != null
        || (Failures.find(thrown, IOException.class) != null
            && Failures.find(thrown, NoSuchFileException.class) == null);
  }

  private static String words(Credentials credentials, boolean passing) {
    if (credentials instanceof ManagedIdentity machine) {
      return "this machine has no managed identity"
          + (machine.clientId() == null ? "" : " with the AZURE_CLIENT_ID " + machine.clientId())
          + ", or what gives out its tokens does not answer; assign one to the Azure machine or"
          + " container, or choose another GRAPH_AUTH";
    }
    if (passing) {
      return "the login service cannot be reached (AZURE_AUTHORITY_HOST)";
    }
    if (credentials instanceof WorkloadIdentity app) {
      return "the token in AZURE_FEDERATED_TOKEN_FILE (" + app.tokenFile() + ") cannot be used";
    }
    return credentials instanceof ClientCertificate
        ? "the login service refuses AZURE_TENANT_ID, AZURE_CLIENT_ID or the certificate"
        : "the login service refuses AZURE_TENANT_ID, AZURE_CLIENT_ID or AZURE_CLIENT_SECRET";
  }

  private static String remedy(String code) {
    return REMEDIES.getOrDefault(code, "see https://login.microsoftonline.com/error?code=" + code);
  }

  private static @Nullable String code(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      Matcher code = CODE.matcher(String.valueOf(t.getMessage()));
      if (code.find()) {
        return code.group(1);
      }
    }
    return null;
  }
}

package io.emailmonitor.monitor.graph;

import com.azure.core.exception.ClientAuthenticationException;
import com.microsoft.aad.msal4j.MsalException;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises failures to get a token, which come wrapped several times. Neither the login service's
 * text nor the cause is handed on: both quote what was sent.
 */
final class LoginFailures {
  private static final Pattern CODE = Pattern.compile("AADSTS(\\d+)");

  /** The login service is in trouble, not we. */
  private static final Set<String> TRANSIENT = Set.of("90033", "90006", "50196");

  private static final Map<String, String> REMEDIES =
      Map.of(
          "7000215",
          "AZURE_CLIENT_SECRET is not this application's secret (its value is needed, not its id)",
          "7000222",
          "the client secret has expired; make a new one and set AZURE_CLIENT_SECRET",
          "700016",
          "AZURE_CLIENT_ID is no application of the tenant; check it and AZURE_TENANT_ID",
          "7000229",
          "the application is not set up in the tenant; have an administrator consent to it",
          "90002",
          "AZURE_TENANT_ID is no tenant of this cloud; check it and AZURE_AUTHORITY_HOST",
          "900023",
          "AZURE_TENANT_ID is neither a tenant's id nor its domain",
          "53003",
          "a Conditional Access policy forbids it; have an administrator admit the application");

  private LoginFailures() {}

  /** Returns what it means, or null when it is about something else. */
  static @Nullable MailSourceException of(Throwable thrown) {
    String code = code(thrown);
    boolean login =
        code != null
            || Failures.find(thrown, MsalException.class) != null
            || Failures.find(thrown, ClientAuthenticationException.class) != null;
    if (!login) {
      return null;
    }
    boolean passing =
        code == null ? Failures.find(thrown, IOException.class) != null : TRANSIENT.contains(code);
    return new MailSourceException(
        passing ? Kind.UNAVAILABLE : Kind.UNAUTHENTICATED,
        "Getting a token failed: " + words(code, passing),
        null,
        null);
  }

  private static String words(@Nullable String code, boolean passing) {
    if (code == null) {
      return passing
          ? "the login service cannot be reached (AZURE_AUTHORITY_HOST)"
          : "the login service refuses AZURE_TENANT_ID, AZURE_CLIENT_ID or AZURE_CLIENT_SECRET";
    }
    String remedy =
        REMEDIES.getOrDefault(code, "see https://login.microsoftonline.com/error?code=" + code);
    return "AADSTS" + code + ", " + remedy;
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

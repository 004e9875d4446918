package io.emailmonitor.monitor.doctor;

import io.emailmonitor.monitor.graph.Grant;
import java.util.List;
import java.util.Set;

/**
 * Looks at the permissions that the token carries. What Exchange grants is not among them, so that
 * only the mailboxes themselves can tell whether mail may be read.
 */
final class RolesCheck {
  private static final String SUBJECT = "roles";
  private static final List<String> MAIL = List.of("Mail.Read", "Mail.ReadWrite");
  private static final List<String> USERS =
      List.of(
          "User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All");

  private RolesCheck() {}

  /**
   * Adds what it finds to the report.
   *
   * @param entries what is to be watched, as configured
   */
  static void look(Grant grant, List<String> entries, ExchangeScope scope, Report report) {
    if (!grant.readable()) {
      report.add(Finding.note(SUBJECT, "The token does not tell them; the mailboxes below do", ""));
      return;
    }
    Set<String> roles = grant.roles();
    if (roles.stream().anyMatch(MAIL::contains)) {
      report.add(
          Finding.note(
              SUBJECT,
              roles + ", granted in Entra ID, open all mailboxes of the tenant",
              "To open only those that are watched, take Mail.Read away there and grant it in Exchange.\n"
                  + scope.commands()));
    } else {
      report.add(
          Finding.ok(
              SUBJECT,
              (roles.isEmpty() ? "none" : roles.toString())
                  + "; without Mail.Read among them, Exchange must grant it"));
    }
    if (namesDomain(entries) && roles.stream().noneMatch(USERS::contains)) {
      report.add(
          Finding.fail(
              SUBJECT,
              "EMAIL_GROUPS names a domain, whose users cannot be listed",
              "Grant the application permission User.Read.All with admin consent, or name the"
                  + " mailboxes one by one"));
    }
  }

  private static boolean namesDomain(List<String> entries) {
    return entries.stream().anyMatch(entry -> entry.indexOf('@') <= 0);
  }
}

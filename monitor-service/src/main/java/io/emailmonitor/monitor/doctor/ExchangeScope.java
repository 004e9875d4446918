package io.emailmonitor.monitor.doctor;

import io.emailmonitor.monitor.graph.Grant;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The commands by which an Exchange administrator opens some mailboxes to the application and no
 * others (Microsoft's "RBAC for Applications").
 */
record ExchangeScope(
    @Nullable String clientId,
    @Nullable String objectId,
    List<Mailbox> mailboxes,
    String permission) {
  private static final String INTRODUCTION =
      "In Exchange Online PowerShell (it can take two hours to take effect):\n";

  /** A filter that names more of them gets too long to read. */
  private static final int NAMED_AT_MOST = 10;

  /**
   * @param permission what the application must be allowed
   */
  static ExchangeScope of(
      Grant grant, @Nullable String clientId, List<Mailbox> mailboxes, String permission) {
    String known = grant.clientId() == null ? clientId : grant.clientId();
    return new ExchangeScope(known, grant.objectId(), mailboxes, permission);
  }

  String commands() {
    String app = clientId == null ? "<client id>" : quoted(clientId);
    String object =
        objectId == null ? "<object id of the enterprise application>" : quoted(objectId);
    String one = mailboxes.isEmpty() ? "<mailbox>" : quoted(mailboxes.get(0).address());
    return INTRODUCTION
        + """
        New-ServicePrincipal -AppId %1$s -ObjectId %2$s -DisplayName "Email Monitor"
        New-ManagementScope -Name "Email Monitor" -RecipientRestrictionFilter %3$s
        New-ManagementRoleAssignment -App %1$s -Role "Application %5$s" -CustomResourceScope "Email Monitor"
        Test-ServicePrincipalAuthorization -Identity %1$s -Resource %4$s"""
            .formatted(app, object, filter(), one, permission);
  }

  private String filter() {
    if (mailboxes.isEmpty() || mailboxes.size() > NAMED_AT_MOST) {
      return "\"CustomAttribute1 -eq 'monitored'\"   # after Set-Mailbox -CustomAttribute1 monitored on each";
    }
    String condition =
        mailboxes.stream()
            .map(m -> "PrimarySmtpAddress -eq '" + m.address().replace("'", "''") + "'")
            .collect(Collectors.joining(" -or "));
    return "\"" + condition.replaceAll("([`$\"])", "`$1") + "\"";
  }

  /** PowerShell takes what stands between such marks as it is. */
  private static String quoted(String value) {
    return value.matches("[\\w.@-]+") ? value : "'" + value.replace("'", "''") + "'";
  }
}

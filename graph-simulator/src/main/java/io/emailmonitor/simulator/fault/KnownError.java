package io.emailmonitor.simulator.fault;

import java.util.List;
import java.util.Optional;

/** An error that Graph is known to answer with, so that a rule need name no more than its code. */
record KnownError(String code, int status, String message) {

  private static final List<KnownError> ALL =
      List.of(
          new KnownError("ErrorInvalidIdMalformed", 400, "Id is malformed."),
          new KnownError("BadRequest", 400, "Badly formed token."),
          new KnownError("InvalidAuthenticationToken", 401, "Access token validation failure."),
          new KnownError(
              "ErrorAccessDenied", 403, "Access is denied. Check credentials and try again."),
          new KnownError(
              "Authorization_RequestDenied",
              403,
              "Insufficient privileges to complete the operation."),
          new KnownError(
              "ErrorItemNotFound", 404, "The specified object was not found in the store."),
          new KnownError("ErrorSyncFolderNotFound", 404, "The specified folder was not found."),
          new KnownError("ErrorInvalidUser", 404, "The requested user is invalid."),
          new KnownError("ResourceNotFound", 404, "Resource could not be discovered."),
          new KnownError(
              "MailboxNotEnabledForRESTAPI",
              404,
              "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
          new KnownError("SyncStateNotFound", 410, "The sync state generation is not found."),
          new KnownError("SyncStateInvalid", 410, "The sync state is invalid."),
          new KnownError(
              "ResyncRequired", 410, "Resync required. Replace any local items with the server's."),
          new KnownError(
              "ApplicationThrottled", 429, "Application is over its MailboxConcurrency limit."),
          new KnownError("TooManyRequests", 429, "Too many requests."),
          new KnownError("activityLimitReached", 429, "The app or user has been throttled."),
          new KnownError(
              "ErrorCannotOpenFileAttachment", 500, "OLE conversion failed for an attachment."),
          new KnownError(
              "ErrorInternalServerError",
              500,
              "An internal server error occurred. The operation failed."),
          new KnownError("generalException", 500, "An unspecified error has occurred."),
          new KnownError("ServiceUnavailable", 503, "The service is temporarily unavailable."),
          new KnownError(
              "MailboxInfoStale",
              503,
              "Mailbox info is stale. The mailbox is currently on backend 'Unknown'."),
          new KnownError("MailboxStoreUnavailable", 503, "The mailbox database is unavailable."),
          new KnownError("ErrorMailboxMoveInProgress", 503, "Mailbox move in progress."),
          new KnownError("UnknownError", 504, ""));

  static Optional<KnownError> of(String code) {
    return ALL.stream().filter(known -> known.code.equalsIgnoreCase(code)).findFirst();
  }

  static List<String> codes() {
    return ALL.stream().map(KnownError::code).toList();
  }
}

package io.emailmonitor.monitor.graph;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;

/** What is asked of Graph: decides what a refusal means and how it is told. */
enum Operation {
  CHECK(Subject.SERVICE, "Asking Graph for a sign of life", "User.Read.All"),
  LIST_USERS(Subject.DIRECTORY, "Listing the users of a domain", "User.Read.All"),
  FIND_GROUP(Subject.DIRECTORY, "Looking for a group", "GroupMember.Read.All"),
  LIST_MEMBERS(Subject.DIRECTORY, "Listing a group's members", "GroupMember.Read.All"),
  FIND_FOLDER(Subject.FOLDER, "Looking for a folder", "Mail.Read"),
  READ_CHANGES(Subject.FOLDER, "Reading a folder's changes", "Mail.Read"),
  LIST_MESSAGES(Subject.FOLDER, "Listing a folder's messages", "Mail.Read"),
  READ_MESSAGE(Subject.MESSAGE, "Reading a message", "Mail.Read"),
  LIST_ATTACHMENTS(Subject.MESSAGE, "Listing a message's attachments", "Mail.Read"),
  READ_ATTACHMENT(Subject.MESSAGE, "Reading an attachment", "Mail.Read"),
  MARK_MESSAGE(Subject.MESSAGE, "Marking a message", "Mail.ReadWrite"),
  MOVE_MESSAGE(Subject.MESSAGE, "Moving a message", "Mail.ReadWrite");

  /** What an answer of "not found" or "not allowed" is about. */
  enum Subject {
    SERVICE,
    DIRECTORY,
    FOLDER,
    MESSAGE
  }

  final Subject subject;
  final String words;

  /** The application permission that Graph wants for it. */
  final String permission;

  Operation(Subject subject, String words, String permission) {
    this.subject = subject;
    this.words = words;
    this.permission = permission;
  }

  /** An answer came, but not one to go on with; asking again may bring a better one. */
  MailSourceException unusable(String what) {
    return new MailSourceException(Kind.UNAVAILABLE, words + " failed: " + what, null, null);
  }
}

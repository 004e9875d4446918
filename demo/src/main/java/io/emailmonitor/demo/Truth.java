package io.emailmonitor.demo;

/** An attachment that the simulated mailboxes really hold. */
record Truth(String mailbox, String messageId, String attachmentId, String sha256) {

  /** Where it is, in words; file names of mails are not printed, they may hold anything. */
  String place() {
    return mailbox + ", message " + messageId + ", attachment " + attachmentId;
  }
}

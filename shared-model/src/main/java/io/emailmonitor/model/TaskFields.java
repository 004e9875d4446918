package io.emailmonitor.model;

/** The names of a task's fields on the wire. */
final class TaskFields {
  static final String TASK_ID = "task_id";
  static final String EMAIL_ID = "email_id";
  static final String EMAIL_SUBJECT = "email_subject";
  static final String EMAIL_SENDER = "email_sender";
  static final String EMAIL_SENDER_EMAIL = "email_sender_email";
  static final String EMAIL_RECEIVED_DATE = "email_received_date";
  static final String ATTACHMENT_ID = "attachment_id";
  static final String ATTACHMENT_FILENAME = "attachment_filename";
  static final String ATTACHMENT_MIME_TYPE = "attachment_mime_type";
  static final String ATTACHMENT_SIZE = "attachment_size";
  static final String CREATED_AT = "created_at";
  static final String SCHEMA_VERSION = "schema_version";
  static final String MAILBOX = "mailbox";
  static final String ATTACHMENT_SHA256 = "attachment_sha256";
  static final String ATTACHMENT_DETECTED_MIME_TYPE = "attachment_detected_mime_type";
  static final String EMAIL_CONTENT = "email_content";
  static final String ATTACHMENT_CONTENT_B64 = "attachment_content_b64";

  private TaskFields() {}
}

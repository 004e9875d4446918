package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.MailFolder;
import org.jspecify.annotations.Nullable;

/**
 * How far a folder has been read.
 *
 * @param cursor where to continue; absent until a first page is durable, and after the mail system
 *     declared the last one too old
 */
public record FolderRecord(MailFolder folder, @Nullable Cursor cursor) {}

/**
 * What became of every attachment, and how far each folder has been read: the one source for
 * history, answers and dashboard. Jdbi on H2; the migrations in {@code db/migration} are the
 * schema.
 */
@NullMarked
package io.emailmonitor.monitor.ledger;

import org.jspecify.annotations.NullMarked;

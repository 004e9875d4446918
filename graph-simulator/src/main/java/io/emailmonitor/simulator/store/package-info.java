/**
 * The mailboxes that are served: people, groups, folders, messages and what changed in each folder.
 * Knows nothing of HTTP; {@link io.emailmonitor.simulator.graph} shows it as Graph does.
 */
@NullMarked
package io.emailmonitor.simulator.store;

import org.jspecify.annotations.NullMarked;

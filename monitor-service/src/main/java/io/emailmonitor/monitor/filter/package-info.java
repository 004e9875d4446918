/**
 * Decides which attachments are wanted, from what the mail system lists and before any content is
 * fetched. Called by the intake; knows neither the mail system nor the queue.
 */
@NullMarked
package io.emailmonitor.monitor.filter;

import org.jspecify.annotations.NullMarked;

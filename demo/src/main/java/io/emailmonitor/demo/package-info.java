/**
 * The whole system on one machine: starts Redis and the simulated mailboxes, then the real monitor
 * and worker jars as processes, and checks at the end what became of every attachment.
 */
@NullMarked
package io.emailmonitor.demo;

import org.jspecify.annotations.NullMarked;

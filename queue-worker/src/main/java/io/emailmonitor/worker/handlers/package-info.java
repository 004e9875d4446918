/**
 * The handlers that come with the worker: {@code log} shows tasks, {@code save} writes them to
 * files, {@code exec} runs a program, {@code webhook} posts them to a server. Known to the rest by
 * their names alone.
 */
@NullMarked
package io.emailmonitor.worker.handlers;

import org.jspecify.annotations.NullMarked;

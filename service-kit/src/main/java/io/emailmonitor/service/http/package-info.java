/**
 * Who may ask over HTTP, and how refusals look: the same on every port of both processes. Knows
 * nothing of what is asked.
 */
@NullMarked
package io.emailmonitor.service.http;

import org.jspecify.annotations.NullMarked;

/**
 * Microsoft Graph behind the mailbox port: the only package that knows the Graph SDK, its HTTP
 * client and Microsoft's login. Retries nothing by itself: every failure goes to the caller with
 * what Graph said about waiting.
 */
@NullMarked
package io.emailmonitor.monitor.graph;

import org.jspecify.annotations.NullMarked;

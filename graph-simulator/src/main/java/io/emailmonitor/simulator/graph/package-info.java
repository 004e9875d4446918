/**
 * The mailboxes as Microsoft Graph v1.0 shows them over HTTP: routes, shapes, delta tokens, errors.
 * One request in, one reply out; only {@link HttpFront} knows sockets, so whatever is to go wrong
 * on demand can stand between the two.
 */
@NullMarked
package io.emailmonitor.simulator.graph;

import org.jspecify.annotations.NullMarked;

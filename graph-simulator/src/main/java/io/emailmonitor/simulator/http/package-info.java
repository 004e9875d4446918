/**
 * A small HTTP/1.1 server whose replies can break on the wire: cut, trickle, lie about their
 * length, end in a reset. That is why it is not the JDK's or another, which see to it that they do
 * not.
 */
@NullMarked
package io.emailmonitor.simulator.http;

import org.jspecify.annotations.NullMarked;

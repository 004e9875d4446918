/**
 * What attachments hold: the type that their first bytes show, and the attachments within them
 * (attached messages, TNEF, S/MIME). Called by filter and intake; knows neither the mail system nor
 * the queue, and is the only package that knows the libraries for those formats.
 */
@NullMarked
package io.emailmonitor.monitor.content;

import org.jspecify.annotations.NullMarked;

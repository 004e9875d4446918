/**
 * A stand-in for Microsoft Graph mail: serves folders of {@code .eml} files as mailboxes, for
 * tests, demos and the builds of those who use Email Monitor. {@link GraphSimulator} is the way in.
 */
@NullMarked
package io.emailmonitor.simulator;

import org.jspecify.annotations.NullMarked;

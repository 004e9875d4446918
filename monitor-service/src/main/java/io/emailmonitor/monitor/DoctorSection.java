package io.emailmonitor.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What only the command doctor asks for.
 *
 * @param otherMailbox a mailbox that the application must not be able to read
 */
public record DoctorSection(@Nullable String otherMailbox) {}

package io.emailmonitor.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who worked on a claimed task and how long, for the record that its settlement leaves.
 *
 * @param taskId null when the payload could not be read
 * @param worker names the process; never a piece of the mail
 * @param duration from the claim to the settlement
 */
public record Work(@Nullable String taskId, String worker, Duration duration) {}

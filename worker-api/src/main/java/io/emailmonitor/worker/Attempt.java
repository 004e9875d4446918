package io.emailmonitor.worker;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.MalformedTaskException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One delivery of one task to a handler: the task's facts, its content, and how much patience there
 * is. The content stays encoded in memory until it is asked for; each asking decodes it anew. Valid
 * while the handler runs.
 */
public interface Attempt {
  /** All that is known of the attachment and its message; what the mail says is data, not fact. */
  AttachmentTask task();

  /**
   * Which attempt this is, from 1. What a stopping worker gave back unfinished does not count, and
   * counting starts anew when somebody revives a dead task.
   */
  int number();

  /**
   * How often this item of the queue has been handed out, this time included: from 1, and growing
   * each time. A late attempt that still runs has a smaller one than those after it, so that a
   * system that remembers the highest it saw for a task can refuse what comes too late.
   */
  int delivery();

  /** When the handler will be interrupted and the task handed out again. */
  Instant deadline();

  /**
   * Asks for more time, counted from now: the deadline moves there, though never beyond what the
   * worker allows one attempt ({@code worker.maxTimeout}) and never back.
   *
   * @return the deadline that holds from here on
   */
  Instant extend(Duration fromNow);

  /**
   * The content, decoded as it is read: takes no memory for the whole of it.
   *
   * @return a stream that throws {@link MalformedTaskException} where the content turns out to be
   *     unreadable, and {@link java.io.InterruptedIOException} once the thread is interrupted
   */
  InputStream openContent();

  /**
   * The whole content as a file that carries the attachment's name, as far as file systems take it;
   * others than this process's user can't read it. The same at each call.
   *
   * @return a file that is deleted after the attempt; to keep it, move or copy it
   * @throws MalformedTaskException if the content turns out to be unreadable
   */
  Path contentFile() throws IOException;

  /** The whole content in an array of its own. */
  byte[] content() throws MalformedTaskException;

  /**
   * Writes the whole content to a stream, which stays open; the fastest way to copy it.
   *
   * @throws MalformedTaskException if the content turns out to be unreadable; what came before has
   *     been written
   * @throws java.io.InterruptedIOException once the thread is interrupted; likewise
   */
  void transferContentTo(OutputStream out) throws IOException;
}

package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailListing;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Mail in memory, with failures to order. A request is named by its verb and what it is about:
 * {@code discover}, {@code folder inbox}, {@code changes box@contoso.example}, {@code list m1},
 * {@code body m1}, {@code open a1}.
 */
final class FakeMailSource implements MailSource {
  /** What a request does instead of answering. */
  interface Trouble {
    void strike() throws IOException;
  }

  private static final class Content {
    private final byte[] bytes;
    private final int servedBytes;

    Content(byte[] bytes, int servedBytes) {
      this.bytes = bytes;
      this.servedBytes = servedBytes;
    }
  }

  private final Map<Mailbox, List<Mail>> mails = new LinkedHashMap<>();
  private final Map<String, List<Attachment>> attachments = new ConcurrentHashMap<>();
  private final Map<String, Content> contents = new ConcurrentHashMap<>();
  private final Map<String, Deque<Trouble>> once = new ConcurrentHashMap<>();
  private final Map<String, Trouble> always = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  final Map<Mailbox, String> userIds = new ConcurrentHashMap<>();
  @Nullable Discovery recalled;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private volatile int pageSize = 3;

  Mailbox mailbox(String address) {
    Mailbox mailbox = new Mailbox(address);
    synchronized (mails) {
      mails.putIfAbsent(mailbox, new ArrayList<>());
    }
    return mailbox;
  }

  /** Delivers a message; the same one may be delivered again, as mail systems replay changes. */
  Mail deliver(Mailbox mailbox, Mail mail, Attachment... attached) {
    attachments.put(mail.id(), List.of(attached));
    synchronized (mails) {
      mails.computeIfAbsent(mailbox, box -> new ArrayList<>()).add(mail);
    }
    return mail;
  }

  Mail deliver(Mailbox mailbox, String id, Attachment... attached) {
    Instant received = Instant.parse("2026-03-01T09:59:00Z");
    return deliver(
        mailbox,
        new Mail(
            id, "<" + id + "@mail>", "Subject of " + id, "Ann", "ann@partner.example", received),
        attached);
  }

  Attachment file(String id, String name, byte[] content) {
    return file(id, name, content, content.length + 300);
  }

  Attachment file(String id, String name, byte[] content, long listedSize) {
    contents.put(id, new Content(content, content.length));
    return new Attachment(
        id, Attachment.Kind.FILE, name, "application/octet-stream", listedSize, false);
  }

  void detach(String mailId, String attachmentId) {
    attachments.computeIfPresent(
        mailId, (id, all) -> all.stream().filter(a -> !a.id().equals(attachmentId)).toList());
  }

  /** Lets the content's stream break after so many bytes. */
  void cut(String attachmentId, int after) {
    contents.computeIfPresent(attachmentId, (id, content) -> new Content(content.bytes, after));
  }

  void mend(String attachmentId) {
    contents.computeIfPresent(
        attachmentId, (id, content) -> new Content(content.bytes, content.bytes.length));
  }

  void fail(String request, Trouble trouble) {
    once.computeIfAbsent(request, r -> new ArrayDeque<>()).add(trouble);
  }

  void failAlways(String request, Trouble trouble) {
    always.put(request, trouble);
  }

  void recover(String request) {
    always.remove(request);
  }

  void unresolved(String entry, String problem) {
    problems.put(entry, problem);
  }

  void expireCursors() {
    generation.incrementAndGet();
  }

  void pageSize(int size) {
    pageSize = size;
  }

  int requests(String request) {
    AtomicInteger count = requests.get(request);
    return count == null ? 0 : count.get();
  }

  int mostInFlight() {
    return mostInFlight.get();
  }

  private void strike(String request) throws IOException {
    requests.computeIfAbsent(request, r -> new AtomicInteger()).incrementAndGet();
    Deque<Trouble> troubles = once.get(request);
    Trouble trouble = always.get(request);
    if (troubles != null) {
      synchronized (troubles) {
        trouble = troubles.isEmpty() ? trouble : troubles.poll();
      }
    }
    if (trouble != null) {
      trouble.strike();
    }
  }

  private void request(String name) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      strike(name);
    } catch (IOException e) {
      throw new AssertionError("only content fails with IOException", e);
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public Discovery discover(List<String> entries) {
    request("discover");
    synchronized (mails) {
      return new Discovery(List.copyOf(mails.keySet()), userIds, problems);
    }
  }

  @Override
  public void recall(Discovery earlier) {
    recalled = earlier;
  }

  @Override
  public MailFolder folder(Mailbox mailbox, String name) {
    request("folder " + name);
    return new MailFolder("id of " + name, name);
  }

  @Override
  public List<MailFolder> subfolders(Mailbox mailbox, MailFolder folder, boolean deep) {
    return List.of();
  }

  @Override
  public MailPage changes(Mailbox mailbox, MailFolder folder, @Nullable Cursor from) {
    request("changes " + mailbox.address());
    int start = from == null ? 0 : position(from);
    List<Mail> page;
    boolean more;
    synchronized (mails) {
      List<Mail> all = mails.getOrDefault(mailbox, List.of());
      int end = Math.min(all.size(), start + pageSize);
      page = List.copyOf(all.subList(start, end));
      more = end < all.size();
    }
    Cursor next = new Cursor("generation " + generation + " position " + (start + page.size()));
    return new MailPage(page, List.of(), next, more);
  }

  private int position(Cursor cursor) {
    String[] words = cursor.link().split(" ", -1);
    if (Integer.parseInt(words[1]) != generation.get()) {
      throw Troubles.failure(MailSourceException.Kind.CURSOR_EXPIRED);
    }
    return Integer.parseInt(words[3]);
  }

  @Override
  public Mail mail(Mailbox mailbox, String mailId) {
    request("mail " + mailId);
    return mails(mailbox).stream()
        .filter(mail -> mail.id().equals(mailId))
        .findFirst()
        .orElseThrow(() -> Troubles.failure(MailSourceException.Kind.GONE));
  }

  @Override
  public MailListing list(
      Mailbox mailbox, MailFolder folder, Instant since, @Nullable Cursor from) {
    request("messages " + mailbox.address());
    int start = from == null ? 0 : Integer.parseInt(from.link());
    List<Mail> all =
        mails(mailbox).stream().filter(mail -> !mail.receivedAt().isBefore(since)).toList();
    int end = Math.min(all.size(), start + pageSize);
    Cursor next = end < all.size() ? new Cursor(String.valueOf(end)) : null;
    return new MailListing(all.subList(start, end), next);
  }

  @Override
  public List<Mail> latest(Mailbox mailbox, MailFolder folder, int count) {
    List<Mail> all = new ArrayList<>(mails(mailbox));
    Collections.reverse(all);
    return all.subList(0, Math.min(count, all.size()));
  }

  private List<Mail> mails(Mailbox mailbox) {
    synchronized (mails) {
      return List.copyOf(mails.getOrDefault(mailbox, List.of()));
    }
  }

  @Override
  public List<Attachment> attachments(Mailbox mailbox, Mail mail) {
    request("list " + mail.id());
    return attachments.getOrDefault(mail.id(), List.of());
  }

  @Override
  public String bodyText(Mailbox mailbox, String mailId) {
    request("body " + mailId);
    return "The text of " + mailId;
  }

  @Override
  public InputStream open(Mailbox mailbox, Mail mail, Attachment attachment) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    Content content = Objects.requireNonNull(contents.get(attachment.id()));
    InputStream bytes = new ByteArrayInputStream(content.bytes, 0, content.servedBytes);
    boolean cut = content.servedBytes < content.bytes.length;
    try {
      strike("open " + attachment.id());
      return new Served(bytes, cut);
    } catch (IOException e) {
      throw new AssertionError("opening does not fail with IOException", e);
    } catch (RuntimeException | Error e) {
      inFlight.decrementAndGet();
      throw e;
    }
  }

  @Override
  public void follow(Mailbox mailbox, Mail mail, FollowUp wanted) {
    request("follow " + mail.id());
  }

  @Override
  public void check() {
    request("check");
  }

  /** Ends with an error where the content breaks off. */
  private final class Served extends FilterInputStream {
    private final boolean cut;

    Served(InputStream bytes, boolean cut) {
      super(bytes);
      this.cut = cut;
    }

    @Override
    public int read() throws IOException {
      throw new AssertionError("read in pieces");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      // In small pieces, as a network gives them.
      int read = super.read(target, offset, Math.min(length, 1000));
      if (read < 0 && cut) {
        throw new IOException("the connection broke");
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      inFlight.decrementAndGet();
      super.close();
    }
  }
}

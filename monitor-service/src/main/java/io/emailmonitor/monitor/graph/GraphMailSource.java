package io.emailmonitor.monitor.graph;

import com.azure.core.http.HttpClient;
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
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mailboxes of a Microsoft 365 tenant. Connects when it is first used. Safe for several
 * threads.
 */
public final class GraphMailSource implements MailSource {
  private final GraphSettings settings;
  private final GraphConnection connection;
  private final GraphRequests requests;
  private final Directory directory;
  private final Folders folders;
  private final Changes changes;
  private final Messages messages;
  private final Listings listings;
  private final Attachments attachments;
  private final Desk desk;

  public GraphMailSource(GraphSettings settings) {
    this(settings, HttpClient::createDefault);
  }

  GraphMailSource(GraphSettings settings, Supplier<HttpClient> loginHttp) {
    Links links = new Links(settings.baseUrl());
    Pages pages = new Pages(links);
    this.settings = settings;
    connection = new GraphConnection(settings, loginHttp);
    requests = new GraphRequests(connection, new RequestLimits(settings.maxRequests()));
    directory = new Directory(requests, pages);
    folders = new Folders(requests, pages, directory);
    messages = new Messages(requests, directory);
    listings = new Listings(requests, links, directory, settings.pageSize());
    changes = new Changes(requests, links, directory, settings.pageSize());
    attachments = new Attachments(requests, pages, directory);
    desk = new Desk(requests, directory, folders);
  }

  @Override
  public Discovery discover(List<String> entries) {
    return directory.discover(entries);
  }

  @Override
  public void recall(Discovery earlier) {
    directory.recall(earlier.userIds());
  }

  @Override
  public MailFolder folder(Mailbox mailbox, String name) {
    return folders.find(mailbox, name);
  }

  @Override
  public List<MailFolder> subfolders(Mailbox mailbox, MailFolder folder, boolean deep) {
    return folders.below(mailbox, folder, deep);
  }

  @Override
  public MailPage changes(Mailbox mailbox, MailFolder folder, @Nullable Cursor from) {
    return changes.page(mailbox, folder, from);
  }

  @Override
  public Mail mail(Mailbox mailbox, String mailId) {
    return messages.mail(mailbox, mailId);
  }

  @Override
  public MailListing list(
      Mailbox mailbox, MailFolder folder, Instant since, @Nullable Cursor from) {
    return listings.page(mailbox, folder, since, from);
  }

  @Override
  public List<Mail> latest(Mailbox mailbox, MailFolder folder, int count) {
    return listings.latest(mailbox, folder, count);
  }

  @Override
  public List<Attachment> attachments(Mailbox mailbox, Mail mail) {
    return attachments.list(mailbox, mail.id());
  }

  @Override
  public String bodyText(Mailbox mailbox, String mailId) {
    return messages.bodyText(mailbox, mailId);
  }

  @Override
  public InputStream open(Mailbox mailbox, Mail mail, Attachment attachment) {
    return attachments.open(mailbox, mail.id(), attachment.id());
  }

  @Override
  public void follow(Mailbox mailbox, Mail mail, FollowUp wanted) {
    desk.follow(mailbox, mail, wanted);
  }

  /**
   * Asks for one user. Whether the directory may be read does not matter here: Graph refuses that
   * only to whom it knows.
   */
  @Override
  public void check() {
    try {
      requests.sendAtOnce(
          Operation.CHECK,
          graph ->
              graph
                  .users()
                  .get(
                      c -> {
                        c.queryParameters.select = new String[] {"id"};
                        c.queryParameters.top = 1;
                      }));
    } catch (MailSourceException e) {
      if (e.kind() != Kind.REJECTED) {
        throw e;
      }
    }
  }

  /** Signs in, unless that was done already, and tells what came of it. */
  public Grant signIn() {
    return connection.login().grant(settings.scope());
  }
}

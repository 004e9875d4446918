package io.emailmonitor.monitor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.logging.common.LoggingFactory;
import io.emailmonitor.monitor.delivery.Retention;
import io.emailmonitor.monitor.filter.FilterSettings;
import io.emailmonitor.monitor.intake.IntakeSettings;
import java.util.List;

/** The settings as {@code config.yml} lays them out, complete. */
public final class MonitorConfiguration extends Configuration {
  private final GraphSection graph;
  private final MailSection mail;
  private final RulesSection rules;
  private final AfterSection after;
  private final StorageSection storage;
  private final QueueSection queue;
  private final AccessSection access;
  private final DoctorSection doctor;

  @JsonCreator
  MonitorConfiguration(
      @JsonProperty("graph") GraphSection graph,
      @JsonProperty("mail") MailSection mail,
      @JsonProperty("rules") RulesSection rules,
      @JsonProperty("after") AfterSection after,
      @JsonProperty("storage") StorageSection storage,
      @JsonProperty("queue") QueueSection queue,
      @JsonProperty("access") AccessSection access,
      @JsonProperty("doctor") DoctorSection doctor) {
    this.graph = graph;
    this.mail = mail;
    this.rules = rules;
    this.after = after;
    this.storage = storage;
    this.queue = queue;
    this.access = access;
    this.doctor = doctor;
  }

  public GraphSection graph() {
    return graph;
  }

  public MailSection mail() {
    return mail;
  }

  /** What is watched, and how. */
  public IntakeSettings intake() {
    return mail.intake(storage.historyRetention(), after.followUp());
  }

  /** Which attachments are wanted. */
  public FilterSettings filter() {
    return mail.filter(rules.patterns());
  }

  public StorageSection storage() {
    return storage;
  }

  public QueueSection queue() {
    return queue;
  }

  /** For how long what is kept that is not the ledger's. */
  Retention.Ages ages() {
    return new Retention.Ages(
        DurationOrZero.of(storage.attachmentsRetention()),
        DurationOrZero.of(queue.deadTaskRetention()));
  }

  public AccessSection access() {
    return access;
  }

  public DoctorSection doctor() {
    return doctor;
  }

  @Override
  public synchronized void setLoggingFactory(LoggingFactory factory) {
    LogFile.switchOffIfUnwanted(factory);
    super.setLoggingFactory(factory);
  }

  /** Where the API is to be listened on. */
  Listener listener() {
    return Listener.of("server.applicationConnectors[0]", server().getApplicationConnectors());
  }

  /** Where health and metrics are to be listened on. */
  Listener adminListener() {
    return Listener.of("server.adminConnectors[0]", server().getAdminConnectors());
  }

  DefaultServerFactory server() {
    if (getServerFactory() instanceof DefaultServerFactory server) {
      return server;
    }
    throw new IllegalArgumentException(
        "server.type must be default: the admin port is one of its own");
  }

  /** Looks at the values alone. */
  void check(Problems problems) {
    graph.check(problems);
    mail.check(problems);
    rules.check(problems, mail.maxAttachmentSize());
    after.check(problems, MailSection.split(mail.folders()));
    storage.check(problems);
    queue.check(problems);
    access.check(problems, List.of(listener(), adminListener()));
    LogFile.checkLevels(getLoggingFactory(), problems);
  }

  /** Looks at what the values point to on this machine: directories, files, ports. */
  void probe(Problems problems) {
    probeFiles(problems);
    listener().probe(problems);
    adminListener().probe(problems);
  }

  /** What can be looked at beside a monitor that runs already. */
  void probeFiles(Problems problems) {
    graph.probe(problems);
    storage.probe(problems);
    LogFile.probe(getLoggingFactory(), problems);
  }
}

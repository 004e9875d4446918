package io.emailmonitor.worker.reference;

import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.emailmonitor.queue.QueueCare;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.service.health.Checkups;
import io.emailmonitor.service.health.Repeated;
import io.emailmonitor.service.http.Ports;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import io.emailmonitor.worker.runtime.Worker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reference worker: takes tasks from Redis and gives them to the handler chosen by name. */
public final class WorkerApplication extends Application<WorkerConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerApplication.class);
  private static final String CONFIGURATION = "worker.yml";

  private final Problems problems = new Problems();

  /**
   * Runs the worker. Without arguments it reads worker.yml of the working directory, or the copy in
   * its own jar when there is none.
   */
  public static void main(String[] args) throws Exception {
    String file = Files.exists(Path.of(CONFIGURATION)) ? CONFIGURATION : WorkerFile.PACKAGED;
    new WorkerApplication().run(args.length == 0 ? new String[] {"server", file} : args);
  }

  @Override
  public String getName() {
    return "queue-worker";
  }

  @Override
  public void initialize(Bootstrap<WorkerConfiguration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new WorkerFile(bootstrap.getConfigurationSourceProvider(), System.getenv(), problems));
  }

  @Override
  protected void addDefaultCommands(Bootstrap<WorkerConfiguration> bootstrap) {
    bootstrap.addCommand(new PlainSpokenServer(this));
  }

  @Override
  public void run(WorkerConfiguration configuration, Environment environment) {
    Optional<TaskHandler> handler = configuration.handler(problems);
    RetryPolicy retries = handler.map(TaskHandler::retryPolicy).orElse(RetryPolicy.DEFAULT);
    Worker.Settings settings = configuration.worker(retries, problems);
    RedisSettings redis = configuration.redis(settings, problems);
    QueueSettings tasks = configuration.queue(settings, problems);
    Access access = configuration.access(problems);
    problems.refuse();

    RedisTaskQueue queue = new RedisTaskQueue(redis, tasks);
    Worker worker = new Worker(queue, handler.orElseThrow(), settings, environment.metrics());
    Repeated care = care(queue);
    ManagedWorker managed = new ManagedWorker(worker, queue, configuration.handlerName());
    environment.lifecycle().manage(managed);
    environment.lifecycle().addServerLifecycleListener(managed);
    environment.lifecycle().manage(care);
    Checkups checkups = new Checkups(environment, Clock.systemUTC());
    checkups.far("redis", new RedisHealthCheck(queue));
    checkups.far("worker", new WorkerHealthCheck(worker));
    checkups.loop("worker-loops", worker::dead, "All threads do their work");
    checkups.loop("care-loop", () -> care.dead().stream().toList(), "The queue is looked after");
    new Ports(environment, access.names())
        .guardAdmin(access.doorkeeper(Clock.systemUTC()), access.loopback());
    WorkerExposition.of(environment.metrics(), checkups).serve(environment.admin());
    environment.jersey().disable();
  }

  private static Repeated care(RedisTaskQueue queue) {
    return new Repeated(
        "queue-care",
        "the care for the queue",
        "nobody looks after the queue",
        Repeated.LONGEST_ROUND,
        new QueueCare(queue, LOG::warn)::look);
  }
}

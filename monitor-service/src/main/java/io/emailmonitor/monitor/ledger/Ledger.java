package io.emailmonitor.monitor.ledger;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Jdbi;

/** The open database with its reading and its writing side. Safe for use by several threads. */
public final class Ledger implements AutoCloseable {
  /** A file below the working directory. */
  public static final String DEFAULT_URL = "jdbc:h2:file:./data/email-monitor";

  private static final String H2 = "jdbc:h2:";

  /**
   * What H2 needs to keep a commit when the process is killed the moment after (it writes behind by
   * half a second otherwise), to stay open until whoever uses it has stopped, and to write no trace
   * file of its own, which quotes rows.
   */
  private static final Map<String, String> H2_SETTINGS =
      Map.of(
          "WRITE_DELAY", "0",
          "DB_CLOSE_ON_EXIT", "FALSE",
          "LOCK_TIMEOUT", "20000",
          "TRACE_LEVEL_FILE", "0");

  private final ManagedDataSource dataSource;
  private final History history;
  private final Journal journal;
  private final TaskResults taskResults;
  private final FollowUps followUps;
  private final Overview overview;
  private final WaitingTasks waitingTasks;
  private final StoredFiles storedFiles;

  private Ledger(ManagedDataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    Jdbi jdbi = Jdbi.create(dataSource).registerArgument(new InstantArgument());
    this.history = new JdbiHistory(jdbi);
    this.journal = new JdbiJournal(jdbi, clock);
    this.taskResults = new JdbiTaskResults(jdbi);
    this.followUps = new JdbiFollowUps(jdbi);
    this.overview = new JdbiOverview(jdbi);
    this.waitingTasks = new JdbiWaitingTasks(jdbi, clock);
    this.storedFiles = new JdbiStoredFiles(jdbi, clock);
  }

  /**
   * Opens the database, creates it where it is not there, and brings its schema up to date.
   *
   * @throws IllegalStateException if that fails, naming the database and the reason
   */
  public static Ledger open(String url, MetricRegistry metrics, Clock clock) {
    ManagedDataSource dataSource = dataSource(url, metrics);
    try {
      Flyway flyway = Flyway.configure().dataSource(dataSource).load();
      expectNoNewer(flyway);
      flyway.migrate();
      expectWritable(dataSource);
    } catch (FlywayException | SQLException e) {
      close(dataSource);
      throw new IllegalStateException(
          "The ledger " + bare(url) + " cannot be opened: " + rootMessage(e), e);
    }
    return new Ledger(dataSource, clock);
  }

  /** Flyway would let an older program write to what a newer one has made. */
  private static void expectNoNewer(Flyway flyway) throws SQLException {
    for (MigrationInfo migration : flyway.info().all()) {
      if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
        throw new SQLException(
            "a newer version of this program has written to it. Run that one, or restore a backup"
                + " from before the upgrade");
      }
    }
  }

  /** H2 opens a file that it may not write to without a word, and refuses every change later. */
  private static void expectWritable(ManagedDataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (connection.isReadOnly()) {
        throw new SQLException(
            "it can only be read. Check the permissions of its file and folder, and whether the"
                + " disk is mounted read-only");
      }
    }
  }

  /**
   * Connects to the database without changing anything there, and says what came of it.
   *
   * @throws IllegalStateException if it cannot be used, naming the database and the reason
   */
  public static String look(String url) {
    String name = "The ledger " + bare(url);
    String unchanged = url.startsWith(H2) ? withSettings(url) + ";IFEXISTS=TRUE" : url;
    try (Connection connection = DriverManager.getConnection(unchanged)) {
      return name + " answers (" + connection.getMetaData().getDatabaseProductName() + ")";
    } catch (SQLException e) {
      return switch (e.getErrorCode()) {
        case ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1 ->
            name + " is not there yet, and is made when the monitor starts";
        case ErrorCode.DATABASE_ALREADY_OPEN_1 ->
            name + " is in use, as it is while the monitor runs";
        default ->
            throw new IllegalStateException(name + " cannot be opened: " + rootMessage(e), e);
      };
    }
  }

  public History history() {
    return history;
  }

  public Journal journal() {
    return journal;
  }

  public FollowUps followUps() {
    return followUps;
  }

  public TaskResults taskResults() {
    return taskResults;
  }

  public Overview overview() {
    return overview;
  }

  public WaitingTasks waitingTasks() {
    return waitingTasks;
  }

  public StoredFiles storedFiles() {
    return storedFiles;
  }

  @Override
  public void close() {
    close(dataSource);
  }

  private static ManagedDataSource dataSource(String url, MetricRegistry metrics) {
    DataSourceFactory factory = new DataSourceFactory();
    factory.setDriverClass(driver(url));
    factory.setUrl(url.startsWith(H2) ? withSettings(url) : url);
    factory.setMinSize(1);
    factory.setInitialSize(1);
    factory.setMaxSize(32);
    factory.setValidationQuery("SELECT 1");
    return factory.build(metrics, "ledger");
  }

  private static String driver(String url) {
    try {
      return DriverManager.getDriver(url).getClass().getName();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The ledger " + bare(url) + " cannot be opened: no driver for this kind of database", e);
    }
  }

  private static String withSettings(String url) {
    StringBuilder complete = new StringBuilder(url);
    H2_SETTINGS.forEach(
        (name, value) -> {
          if (!url.toUpperCase(Locale.ROOT).contains(";" + name + "=")) {
            complete.append(';').append(name).append('=').append(value);
          }
        });
    return complete.toString();
  }

  /** Behind the first mark come settings, which may hold a password. */
  private static String bare(String url) {
    return url.split("[;?]", 2)[0].replaceAll("//[^/@]*@", "//");
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static void close(ManagedDataSource dataSource) {
    try {
      dataSource.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the ledger's connections cannot be closed", e);
    }
  }
}

package com.example.orders;

import io.emailmonitor.model.AttachmentTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Optional;

/**
 * The orders in a database. An order and its lines are written in one transaction whose first row
 * has the task's id as its key: whoever comes second, later or at the same time, is refused there.
 * Thread-safe.
 */
final class OrderTables {
  private static final int BATCH = 1000;
  private static final String UNIQUE_KEY_EXISTS = "23505";

  private final String url;
  private final String user;
  private final String password;

  OrderTables(String url, String user, String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /**
   * Adds an order, if it is not there yet.
   *
   * @param progress called whenever some lines have been written
   */
  void add(AttachmentTask task, OrderLines lines, Runnable progress)
      throws SQLException, BadOrderException, IOException {
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      createTables(connection);
      connection.setAutoCommit(false);
      try {
        if (addOrder(connection, task)) {
          addLines(connection, task.taskId(), lines, progress);
        }
        connection.commit();
      } catch (SQLException | BadOrderException | IOException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static void createTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS orders (task_id VARCHAR(200) PRIMARY KEY,"
              + " customer VARCHAR(320) NOT NULL, received TIMESTAMP NOT NULL)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS order_lines (task_id VARCHAR(200) NOT NULL REFERENCES orders,"
              + " line INT NOT NULL, article VARCHAR(1000) NOT NULL, quantity INT NOT NULL,"
              + " PRIMARY KEY (task_id, line))");
    }
  }

  /** Returns false if the order is there already. */
  private static boolean addOrder(Connection connection, AttachmentTask task) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders VALUES (?, ?, ?)")) {
      insert.setString(1, task.taskId());
      insert.setString(2, task.emailSenderEmail());
      insert.setTimestamp(3, Timestamp.from(task.emailReceivedDate()));
      insert.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (UNIQUE_KEY_EXISTS.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static void addLines(
      Connection connection, String taskId, OrderLines lines, Runnable progress)
      throws SQLException, BadOrderException, IOException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO order_lines VALUES (?, ?, ?, ?)")) {
      int number = 0;
      Optional<OrderLine> line = lines.next();
      while (line.isPresent()) {
        number++;
        insert.setString(1, taskId);
        insert.setInt(2, number);
        insert.setString(3, line.get().article());
        insert.setInt(4, line.get().quantity());
        insert.addBatch();
        if (number % BATCH == 0) {
          insert.executeBatch();
          progress.run();
        }
        line = lines.next();
      }
      insert.executeBatch();
    }
  }
}

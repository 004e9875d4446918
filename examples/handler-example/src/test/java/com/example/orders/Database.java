package com.example.orders;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A database for one test. */
final class Database {
  final String url;

  private Database(String url) {
    this.url = url;
  }

  static Database inMemory() {
    return new Database("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  static Database at(String url) {
    return new Database(url);
  }

  OrdersHandler handler() {
    return new OrdersHandler(new OrderTables(url, "", ""), ';');
  }

  /** All lines as "customer article quantity". */
  List<String> lines() throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT customer || ' ' || article || ' ' || quantity FROM orders"
                    + " JOIN order_lines USING (task_id) ORDER BY order_lines.task_id, line")) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }

  void run(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

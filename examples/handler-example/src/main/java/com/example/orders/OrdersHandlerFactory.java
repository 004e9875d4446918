package com.example.orders;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Makes the handler {@code orders}. */
public final class OrdersHandlerFactory implements HandlerFactory {
  @Override
  public String name() {
    return "orders";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    OrderTables tables =
        new OrderTables(
            database(settings.require("database")),
            settings.get("user").orElse(""),
            settings.get("password").orElse(""));
    return new OrdersHandler(tables, separator(settings.get("separator").orElse(";")));
  }

  /** Only what can be told without the database: it may be away for a while, also at the start. */
  private static String database(String url) {
    try {
      DriverManager.getDriver(url);
      return url;
    } catch (SQLException e) {
      // The address is not shown: it may hold a password.
      throw new IllegalArgumentException(
          "handler.database (ORDERS_DATABASE) is for no JDBC driver on the class path; it must look"
              + " like jdbc:h2:file:./orders, and the driver's jar must lie beside the handler's",
          e);
    }
  }

  private static char separator(String text) {
    if (text.length() != 1 || "\"\r\n".contains(text)) {
      throw new IllegalArgumentException(
          "handler.separator is '" + text + "'; it must be one character, such as ; or ,");
    }
    return text.charAt(0);
  }
}

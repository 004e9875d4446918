package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersHandlerFactoryTest {
  private final OrdersHandlerFactory factory = new OrdersHandlerFactory();

  @Test
  void isFoundByTheWorker() {
    assertThat(ServiceLoader.load(HandlerFactory.class))
        .filteredOn(found -> found.name().equals("orders"))
        .singleElement()
        .isInstanceOf(OrdersHandlerFactory.class);
  }

  @Test
  void needsADatabase_thatNeedNotBeThereYet() {
    assertThat(
            factory.create(
                new HandlerSettings(Map.of("database", "jdbc:h2:tcp://127.0.0.1:1/orders"))))
        .isInstanceOf(OrdersHandler.class);
    assertThatThrownBy(() -> factory.create(new HandlerSettings(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handler.database");
  }

  @Test
  void saysWhatADatabaseLooksLike_withoutShowingThePassword() {
    assertThatThrownBy(
            () ->
                factory.create(
                    new HandlerSettings(Map.of("database", "jdbc:nodb://u:secret@host/orders"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ORDERS_DATABASE")
        .hasMessageContaining("jdbc:h2:")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "\"", "\n,"})
  void saysWhatASeparatorIs(String separator) {
    assertThatThrownBy(
            () ->
                factory.create(
                    new HandlerSettings(
                        Map.of("database", "jdbc:h2:mem:", "separator", separator))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("handler.separator");
  }
}

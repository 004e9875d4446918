package io.emailmonitor.monitor.ledger;

import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Writes times with their zone: as JDBC's own timestamps they would pass through the machine's zone
 * and be ambiguous for an hour every autumn.
 */
final class InstantArgument extends AbstractArgumentFactory<Instant> {
  InstantArgument() {
    super(Types.TIMESTAMP_WITH_TIMEZONE);
  }

  @Override
  protected Argument build(Instant value, ConfigRegistry config) {
    return (position, statement, context) ->
        statement.setObject(position, value.atOffset(ZoneOffset.UTC));
  }
}

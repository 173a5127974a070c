package io.odin.persistence.sql.schema;

import java.util.logging.Level;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Takes what Liquibase says to SLF4J, with its progress at DEBUG: by itself it writes to the
 * console of the application.
 */
final class LiquibaseLog extends AbstractLogService {

  @Override
  public int getPriority() {
    return PRIORITY_NOT_APPLICABLE;
  }

  @Override
  @SuppressWarnings("rawtypes") // as Liquibase declares it
  public liquibase.logging.Logger getLog(Class clazz) {
    org.slf4j.Logger logger = LoggerFactory.getLogger(clazz);
    return new AbstractLogger() {
      @Override
      public void log(Level level, String message, @Nullable Throwable thrown) {
        // Liquibase's way to say that it would rather not log this.
        if (level.equals(Level.OFF)) {
          return;
        }
        LoggingEventBuilder event = logger.atLevel(severity(level));
        (thrown == null ? event : event.setCause(thrown)).log(message);
      }

      @Override
      public void close() {
        // There is nothing to close; said here because the inherited method may throw anything.
      }
    };
  }

  private static org.slf4j.event.Level severity(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    }
    return level.intValue() >= Level.WARNING.intValue()
        ? org.slf4j.event.Level.WARN
        : org.slf4j.event.Level.DEBUG;
  }
}

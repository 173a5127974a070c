package io.odin.persistence.tck.database;

import java.util.function.Supplier;

/** A fault of a database, which lasts until it is closed. Closing it again has no effect. */
public interface Fault extends AutoCloseable {

  /** Runs the action while the fault lasts, and then ends the fault. */
  default <T> T during(Supplier<T> action) {
    try {
      return action.get();
    } finally {
      close();
    }
  }

  /** Ends the fault. */
  @Override
  void close();
}

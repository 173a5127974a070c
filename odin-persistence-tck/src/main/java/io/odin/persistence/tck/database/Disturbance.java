package io.odin.persistence.tck.database;

import java.util.function.Supplier;

/** Something that is wrong with a database until it is closed. Closing it again does nothing. */
public interface Disturbance extends AutoCloseable {

  /** Does something while it is wrong, and ends the disturbance. */
  default <T> T during(Supplier<T> action) {
    try {
      return action.get();
    } finally {
      close();
    }
  }

  /** Ends the disturbance. */
  @Override
  void close();
}

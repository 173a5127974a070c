package io.odin.persistence.tck.limits;

import io.odin.persistence.Persistence;
import java.util.function.BiFunction;

/**
 * A way for a value into a store.
 *
 * @param name the operation and the field
 * @param field how a refusal names the field
 * @param roundTrip stores a value in it and reads it back
 */
record EntryPoint<T>(String name, String field, BiFunction<Persistence, T, T> roundTrip) {

  @Override
  public String toString() {
    return name;
  }
}

package io.odin.persistence.sql.visibility;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What takes time to make and was used lately; no more than a certain number. Thread-safe. */
final class LruCache<K, V> {

  private final Map<K, V> made;

  LruCache(int most) {
    made =
        Collections.synchronizedMap(
            new LinkedHashMap<>(16, 0.75f, true) {
              @Override
              protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
              }
            });
  }

  /** What was made under this key, or is made now. */
  V of(K key, Supplier<V> maker) {
    V found = made.get(key);
    if (found == null) {
      // Two threads may make the same value at once: harmless, and neither waits for the other.
      found = maker.get();
      made.put(key, found);
    }
    return found;
  }
}

package io.odin.persistence.visibility;

import io.odin.persistence.internal.Require;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tags of a run: texts by which it can be found. {@link io.odin.persistence.Limits} bounds
 * their number and length.
 *
 * @param values the values by their keys, sorted
 */
public record Tags(SortedMap<String, String> values) {

  /**
   * Copies the values.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the key whose value is null or
   *     cannot be stored
   */
  public Tags {
    SortedMap<String, String> copy = new TreeMap<>();
    Require.nonNull("tags", values)
        .forEach(
            (key, value) ->
                copy.put(
                    Require.id("tagKey", key),
                    Require.text("tag " + key, value, Require.ID_LENGTH)));
    values = Collections.unmodifiableSortedMap(copy);
  }

  /** Tags with these values by their keys. */
  public static Tags of(Map<String, String> values) {
    return new Tags(new TreeMap<>(Require.nonNull("tags", values)));
  }

  /** No tags. */
  public static Tags none() {
    return of(Map.of());
  }
}

package io.odin.persistence.sql.schedule;

import io.odin.persistence.value.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Due times that were requested, as the column holds them: a JSON array of texts. What has an
 * outcome is not removed from it; the next due time of the schedule states where it is in the list,
 * or that it has left the list.
 */
final class RequestedTimes {

  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

  private RequestedTimes() {}

  static Json json(Collection<Instant> times) {
    return Json.of(
        times.stream().map(time -> "\"" + time + "\"").collect(Collectors.joining(",", "[", "]")));
  }

  /** Those that have no outcome yet, ascending; the first of them is the next due time. */
  static List<Instant> waiting(Optional<Json> stored, Optional<Instant> next) {
    if (stored.isEmpty() || next.isEmpty()) {
      return List.of();
    }
    List<Instant> all =
        TEXT.matcher(stored.get().text())
            .results()
            .map(text -> Instant.parse(text.group(1)))
            .toList();
    int first = all.indexOf(next.get());
    return first < 0 ? List.of() : all.subList(first, all.size());
  }
}

package io.odin.persistence.retention;

import io.odin.persistence.Json;
import io.odin.persistence.internal.JsonText;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes a line: a JSON object. Members that are empty are left out. Not thread-safe. */
final class ArchiveLine {

  private final StringBuilder members;

  private ArchiveLine(String type) {
    members = new StringBuilder("{\"type\":").append(JsonText.quoted(type));
  }

  static ArchiveLine of(String type) {
    return new ArchiveLine(type);
  }

  ArchiveLine text(String name, String value) {
    return member(name, JsonText.quoted(value));
  }

  ArchiveLine text(String name, Optional<String> value) {
    value.ifPresent(present -> text(name, present));
    return this;
  }

  ArchiveLine number(String name, long value) {
    return member(name, Long.toString(value));
  }

  ArchiveLine number(String name, OptionalLong value) {
    value.ifPresent(present -> number(name, present));
    return this;
  }

  ArchiveLine instant(String name, Instant value) {
    return text(name, value.toString());
  }

  ArchiveLine instant(String name, Optional<Instant> value) {
    return text(name, value.map(Instant::toString));
  }

  /** As it is, but for line ends: within JSON they stand only where a space may. */
  ArchiveLine json(String name, Json value) {
    return member(name, value.text().replace('\n', ' ').replace('\r', ' '));
  }

  ArchiveLine json(String name, Optional<Json> value) {
    value.ifPresent(present -> json(name, present));
    return this;
  }

  /** What every line of this type begins with. */
  String prefix() {
    return members + ",";
  }

  private ArchiveLine member(String name, String value) {
    members.append(',').append(JsonText.quoted(name)).append(':').append(value);
    return this;
  }

  @Override
  public String toString() {
    return members + "}";
  }
}

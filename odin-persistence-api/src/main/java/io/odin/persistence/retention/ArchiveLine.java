package io.odin.persistence.retention;

import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes a line: a JSON object. Empty members are left out. Not thread-safe. */
final class ArchiveLine {

  static final String BASE64 = "Base64";

  private final JsonWriter members = new JsonWriter().beginObject();

  private ArchiveLine() {}

  static ArchiveLine of(String type) {
    return new ArchiveLine().text("type", type);
  }

  ArchiveLine text(String name, String value) {
    members.name(name).value(value);
    return this;
  }

  ArchiveLine text(String name, Optional<String> value) {
    value.ifPresent(present -> text(name, present));
    return this;
  }

  ArchiveLine number(String name, long value) {
    members.name(name).value(value);
    return this;
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

  /** As it is, except that line ends, which JSON allows where it allows a space, become spaces. */
  ArchiveLine json(String name, Json value) {
    members.name(name).json(value.text().replace('\n', ' ').replace('\r', ' '));
    return this;
  }

  ArchiveLine json(String name, Optional<Json> value) {
    value.ifPresent(present -> json(name, present));
    return this;
  }

  /** A document under the name, or bytes in Base64 under the name and "Base64". */
  ArchiveLine payload(String name, Payload value) {
    return switch (value) {
      case Json json -> json(name, json);
      case Bytes bytes -> bytes(name + BASE64, bytes);
    };
  }

  ArchiveLine bytes(String name, Bytes value) {
    return text(name, Base64.getEncoder().encodeToString(value.toByteArray()));
  }

  /** The beginning of every line of this type. */
  static String prefix(String type) {
    String empty = of(type).end();
    return empty.substring(0, empty.length() - 1) + ",";
  }

  /** Ends the line and returns it. */
  String end() {
    return members.endObject().document();
  }
}

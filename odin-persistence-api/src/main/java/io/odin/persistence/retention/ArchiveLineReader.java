package io.odin.persistence.retention;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.internal.JsonReader;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads the lines of {@link ArchiveLine}. Not thread-safe. */
final class ArchiveLineReader {

  private final Map<String, String> members;

  ArchiveLineReader(String line) {
    members = JsonReader.members(line);
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) {
    return value(name).map(JsonReader::text);
  }

  long number(String name) {
    return optionalNumber(name).orElseThrow(() -> missing(name));
  }

  Optional<Long> optionalNumber(String name) {
    return value(name).map(Long::valueOf);
  }

  Instant instant(String name) {
    return optionalInstant(name).orElseThrow(() -> missing(name));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(Instant::parse);
  }

  Json json(String name) {
    return optionalJson(name).orElseThrow(() -> missing(name));
  }

  Optional<Json> optionalJson(String name) {
    return value(name).map(Json::stored);
  }

  /** What {@link ArchiveLine#payload} has written. */
  Payload payload(String name) {
    Optional<Payload> document = value(name).map(Json::stored);
    return document
        .or(() -> optionalBytes(name + ArchiveLine.BASE64))
        .orElseThrow(() -> missing(name));
  }

  Bytes bytes(String name) {
    return optionalBytes(name).orElseThrow(() -> missing(name));
  }

  private Optional<Bytes> optionalBytes(String name) {
    return optionalText(name).map(text -> Bytes.copyOf(Base64.getDecoder().decode(text)));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static InvalidRequestException missing(String name) {
    return new InvalidRequestException("archive", "has a line without " + name);
  }
}

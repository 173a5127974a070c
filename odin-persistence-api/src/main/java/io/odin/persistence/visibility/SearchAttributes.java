package io.odin.persistence.visibility;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.internal.DatetimeText;
import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.internal.PlainMembers;
import io.odin.persistence.internal.Require;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The search attributes of a run: values in addition to its fields, under names that its namespace
 * has registered. Immutable; equal if the values are equal.
 *
 * <p>They are stored as one JSON object: keywords and instants as texts, lists of keywords as
 * arrays. An attribute without a value, such as an empty list, is absent.
 */
public final class SearchAttributes {

  private static final SearchAttributes NONE = new SearchAttributes(new TreeMap<>());

  // String, List of String, Long, Double or Boolean.
  private final SortedMap<String, Object> values;
  // Written on first use, since attributes that are read are seldom stored again. A race writes it
  // twice.
  private @Nullable Json json;

  private SearchAttributes(SortedMap<String, Object> values) {
    values.forEach(SearchAttributes::requireStorable);
    this.values = Collections.unmodifiableSortedMap(values);
  }

  private static void requireStorable(String name, Object value) {
    Require.text("searchAttributes", name, Require.ID_LENGTH);
    switch (value) {
      case String text -> Require.text(name, text, Require.KEYWORD_LENGTH);
      case List<?> list -> list.forEach(text -> requireStorable(name, text));
      default -> {}
    }
  }

  /** No attributes. */
  public static SearchAttributes none() {
    return NONE;
  }

  /**
   * The attributes of a document that {@link #json()} has written. Members of a type that no
   * attribute has are skipped.
   *
   * @throws InvalidRequestException naming the attribute with a text of more than 255 characters
   */
  public static SearchAttributes of(Json json) {
    return of(members(json));
  }

  /**
   * The attributes of a document that a backend has stored: as {@link #of}, but members that cannot
   * be stored, which another program has written, are skipped. For backends only.
   */
  public static SearchAttributes stored(Json json) {
    SortedMap<String, Object> values = members(json);
    values
        .entrySet()
        .removeIf(member -> isTooLong(member.getKey()) || isTooLong(member.getValue()));
    return of(values);
  }

  private static boolean isTooLong(Object value) {
    return value instanceof List<?> list
        ? list.stream().anyMatch(SearchAttributes::isTooLong)
        : value instanceof String text
            && text.length() > Require.KEYWORD_LENGTH
            && text.codePointCount(0, text.length()) > Require.KEYWORD_LENGTH;
  }

  private static SearchAttributes of(SortedMap<String, Object> values) {
    return values.isEmpty() ? NONE : new SearchAttributes(values);
  }

  /** These attributes without those that others have with the same value. */
  public SearchAttributes without(SearchAttributes others) {
    SortedMap<String, Object> rest = new TreeMap<>(values);
    rest.entrySet().removeAll(others.values.entrySet());
    return rest.isEmpty() ? NONE : new SearchAttributes(rest);
  }

  private static SortedMap<String, Object> members(Json json) {
    String text = Require.nonNull("json", json).text();
    if (text.equals("{}")) {
      return new TreeMap<>();
    }
    SortedMap<String, Object> values = PlainMembers.of(text);
    values.values().removeIf(value -> value.equals(List.of()));
    return values;
  }

  /** All attributes as one JSON object. */
  public Json json() {
    Json known = json;
    if (known == null) {
      known = Json.of(written());
      json = known;
    }
    return known;
  }

  private String written() {
    JsonWriter writer = new JsonWriter().beginObject();
    values.forEach(
        (name, value) -> {
          writer.name(name);
          if (value instanceof List<?> list) {
            writer.beginArray();
            list.forEach(writer::value);
            writer.endArray();
          } else {
            writer.value(value);
          }
        });
    return writer.endObject().document();
  }

  /** The names of the attributes that have a value, sorted. */
  public Set<String> names() {
    return values.keySet();
  }

  /** The text of an attribute; empty if it has no text. */
  public Optional<String> keyword(String name) {
    return value(name, String.class);
  }

  /** The texts of an attribute; empty if it has none. */
  public List<String> keywordList(String name) {
    return values.get(Require.nonNull("name", name)) instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /** The whole number of an attribute; empty if it has none. */
  public OptionalLong integer(String name) {
    return value(name, Long.class).stream().mapToLong(Long::longValue).findFirst();
  }

  /** The number of an attribute, whole or not; empty if it has none. */
  public OptionalDouble decimal(String name) {
    return value(name, Number.class).stream().mapToDouble(Number::doubleValue).findFirst();
  }

  /** The boolean of an attribute; empty if it has none. */
  public Optional<Boolean> bool(String name) {
    return value(name, Boolean.class);
  }

  /** The instant of an attribute; empty if it has none. */
  public Optional<Instant> datetime(String name) {
    return keyword(name).flatMap(DatetimeText::parse);
  }

  private <T> Optional<T> value(String name, Class<T> type) {
    return Optional.ofNullable(values.get(Require.nonNull("name", name)))
        .filter(type::isInstance)
        .map(type::cast);
  }

  /**
   * Checks the attributes against the types that a namespace has registered.
   *
   * @param registered the types by name
   * @throws InvalidRequestException naming the attribute that is not registered, or whose value is
   *     not of its registered type
   */
  public void check(Map<String, AttributeType> registered) {
    values.forEach(
        (name, value) -> {
          AttributeType type = registered.get(name);
          if (type == null) {
            throw new InvalidRequestException(
                "searchAttributes",
                "hold " + name + ", which the namespace has not registered: register it first");
          }
          Require.that(
              fits(type, value),
              "searchAttributes",
              "hold " + name + ", whose value is not of the registered type " + type.value());
        });
  }

  private static boolean fits(AttributeType type, Object value) {
    return switch (type) {
      case KEYWORD -> value instanceof String;
      case KEYWORD_LIST -> value instanceof List;
      case INT -> value instanceof Long;
      case DOUBLE -> value instanceof Number;
      case BOOL -> value instanceof Boolean;
      case DATETIME -> value instanceof String text && DatetimeText.parse(text).isPresent();
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchAttributes that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names only: values do not belong in a log. */
  @Override
  public String toString() {
    return "SearchAttributes" + values.keySet();
  }

  /** A builder without attributes. */
  public static Builder builder() {
    return new Builder(new TreeMap<>());
  }

  /** A builder that begins with these attributes. */
  public Builder toBuilder() {
    return new Builder(new TreeMap<>(values));
  }

  /**
   * Collects attributes; a second value under a name replaces the first. Not thread-safe.
   *
   * <p>Every method throws {@link InvalidRequestException} if the name is not a valid id, or the
   * value is null or out of bounds.
   */
  public static final class Builder {

    private final SortedMap<String, Object> values;

    private Builder(SortedMap<String, Object> values) {
      this.values = values;
    }

    /** Sets a text of at most 255 characters, compared exactly. */
    public Builder keyword(String name, String value) {
      return put(name, Require.text(name, value, Require.KEYWORD_LENGTH));
    }

    /**
     * Sets texts of at most 255 characters, of which any may match; an empty list removes the
     * attribute.
     */
    public Builder keywordList(String name, List<String> list) {
      Require.nonNull(name, list)
          .forEach(value -> Require.text(name, value, Require.KEYWORD_LENGTH));
      return list.isEmpty() ? remove(name) : put(name, List.copyOf(list));
    }

    /** Sets a whole number. */
    public Builder integer(String name, long value) {
      return put(name, value);
    }

    /** Sets a finite number. */
    public Builder decimal(String name, double value) {
      Require.that(Double.isFinite(value), name, "is " + value + ": it must be finite");
      // Equal numbers are equal attributes, and a database prints 2.0 as 2.
      return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
          ? put(name, (long) value)
          : put(name, value);
    }

    /** Sets a boolean to true. */
    public Builder isTrue(String name) {
      return put(name, true);
    }

    /** Sets a boolean to false. */
    public Builder isFalse(String name) {
      return put(name, false);
    }

    /** Sets an instant, truncated to microseconds. */
    public Builder datetime(String name, Instant value) {
      return put(name, DatetimeText.of(Require.instant(name, value)));
    }

    /** Removes an attribute. */
    public Builder remove(String name) {
      values.remove(Require.id("name", name));
      return this;
    }

    private Builder put(String name, Object value) {
      values.put(Require.id("name", name), value);
      return this;
    }

    /** The attributes. */
    public SearchAttributes build() {
      return new SearchAttributes(new TreeMap<>(values));
    }
  }
}

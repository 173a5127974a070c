package io.odin.persistence.sql.statement;

import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Makes what a statement names and a row holds: the columns of the table classes, those of results,
 * and parameters that are no columns. All are typed for the compiler, and for {@link Binds} and
 * {@link Row}, which bind and read them; jOOQ only renders their names, neither qualified nor
 * quoted.
 */
public final class Columns {

  private static final DataType<Json> JSON =
      SQLDataType.CLOB.asConvertedDataType(Json.class, Json::stored, Json::text);
  private static final DataType<Bytes> BYTES =
      SQLDataType.BLOB.asConvertedDataType(Bytes.class, Bytes::copyOf, Bytes::toByteArray);
  private static final DataType<Duration> MICROSECONDS =
      SQLDataType.BIGINT.asConvertedDataType(
          Duration.class,
          microseconds -> Duration.ofNanos(microseconds * 1000),
          Binds::microseconds);

  /** The maximum number of rows; {@link Renderer#limit} is where it belongs in a statement. */
  public static final Field<Integer> LIMIT = integer("limit");

  /** How old something must be. */
  public static final Field<Duration> AGE = microseconds("age_microseconds");

  /** The version that a row must have to be changed. */
  public static final Field<Long> EXPECTED_VERSION = number("expected_version");

  /** The time by the database's clock, as a column of a result. */
  public static final Field<Instant> DATABASE_NOW = instant("database_now");

  private Columns() {}

  /** A UUID. */
  public static Field<UUID> uuid(String name) {
    return field(name, SQLDataType.UUID);
  }

  /** A text. */
  public static Field<String> text(String name) {
    return field(name, SQLDataType.CLOB);
  }

  /** A 64-bit whole number. */
  public static Field<Long> number(String name) {
    return field(name, SQLDataType.BIGINT);
  }

  /** A small whole number. */
  public static Field<Integer> integer(String name) {
    return field(name, SQLDataType.INTEGER);
  }

  /** A boolean. */
  public static Field<Boolean> bool(String name) {
    return field(name, SQLDataType.BOOLEAN);
  }

  /** An instant. */
  public static Field<Instant> instant(String name) {
    return field(name, SQLDataType.INSTANT);
  }

  /** A JSON document. */
  public static Field<Json> json(String name) {
    return field(name, JSON);
  }

  /** Bytes. */
  public static Field<Bytes> bytes(String name) {
    return field(name, BYTES);
  }

  /** A parameter that is bound as a number of microseconds. */
  public static Field<Duration> microseconds(String name) {
    return field(name, MICROSECONDS);
  }

  private static <T> Field<T> field(String name, DataType<T> type) {
    return DSL.field(DSL.unquotedName(name), type);
  }
}

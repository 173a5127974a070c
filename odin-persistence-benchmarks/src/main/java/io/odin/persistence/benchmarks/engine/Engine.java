package io.odin.persistence.benchmarks.engine;

import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.sql.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A kind of database server, and what the benchmarks have to do there in its own way. */
public interface Engine {

  /**
   * The engine of a server.
   *
   * @throws IllegalArgumentException if the URL is of none that can be measured
   */
  static Engine of(String url) {
    return Stream.of(new PostgresEngine(), new MySqlEngine())
        .filter(engine -> url.startsWith(engine.scheme()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the URL must begin with jdbc:postgresql:// or jdbc:mysql://"));
  }

  /** Its display name. */
  String name();

  /** Who may do everything, unless it was set up otherwise. */
  String superuser();

  /** How its URLs begin. */
  String scheme();

  /** How the library speaks to it. */
  Dialect dialect();

  /** The baseline on a connection. */
  Baseline baseline(Connection connection);

  /** The parameters of a URL whose connections count their round trips under a name. */
  String countingParameters(String name);

  /** The driver's settings for connections that are not as the library's. */
  Map<String, String> ordinaryProperties();

  /** The settings that say what the figures mean; the version first. */
  List<String> importantSettings();

  /** What settings have to be, or a commit is not one. */
  Map<String, String> durableSettings();

  /** The query for the value of a setting. */
  String showSetting(String name);

  /**
   * The statement that makes a database as a copy of another without connections; empty if there is
   * none.
   */
  Optional<String> copy(String name, String from);

  /** The statement that drops a database and ends its connections. */
  String drop(String name);

  /** The query for what was done to each of the library's tables: its name, then counts. */
  String footprint();

  /** The query for how many others are connected to the session's database. */
  String othersConnected();

  /** Updates the planner's statistics of the session's database. */
  void settle(Connection connection) throws SQLException;

  /** A table {@code s} in SQL that counts in its only column {@code n}. */
  String series(long from, long to);

  /** A UUID in SQL, by an expression for its text. */
  String uuid(String text);

  /** A new UUID in SQL for each row. */
  String randomUuid();

  /** The UUID in SQL that ends in the column {@code n}, as a number of six bytes. */
  String numberedUuid(UUID first);

  /** The time in SQL, of each row another. */
  String clock();

  /** An instant in SQL. */
  String instant(Instant instant);

  /** The type in SQL of a column that holds an instant or null. */
  String instantType();

  /** The type in SQL of a column that holds bytes. */
  String bytesType();
}

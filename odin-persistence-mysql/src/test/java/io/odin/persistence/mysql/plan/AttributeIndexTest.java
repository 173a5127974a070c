package io.odin.persistence.mysql.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.odin.persistence.Persistence;
import io.odin.persistence.internal.JsonWriter;
import io.odin.persistence.mysql.MySqlDialect;
import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.mysql.TestMySql;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.visibility.SearchSql;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * The index over search attributes loses no run: what a search finds by it is what the values say,
 * and what a search finds without it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AttributeIndexTest {

  private static final String INDEX = "idx_visibility_records_search_attributes";
  private static final long SEED = 20_260_301;

  /** Longer than what is indexed value by value. */
  private static final String LONG_DOCUMENT =
      Stream.generate(() -> JsonWriter.quoted("x".repeat(250)))
          .limit(10)
          .collect(Collectors.joining(",", ", \"Other\": [", "]"));

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "a ",
          "\u00e9",
          "e\u0301",
          "true",
          "null",
          "1",
          "1.0",
          "it's \"so\" \\ %_",
          "\ud83d\udce6",
          "\ud83d\udce6".repeat(255),
          "x".repeat(255),
          "odin: not in the index");

  private static final List<String> INTEGERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "100",
          "9007199254740992",
          "9007199254740993",
          "-9007199254740993",
          "9223372036854775807",
          "-9223372036854775808");

  private static final List<String> DECIMALS =
      List.of(
          "0.0",
          "-0.0",
          "1.0",
          "1e0",
          "-1.0",
          "1E2",
          "0.1",
          "-1.5e300",
          "1e-9",
          "1e15",
          "1e22",
          "1e30",
          "5e-324",
          "1e308",
          "1.7976931348623157e308",
          "9007199254740992.0",
          "9223372036854775808.0",
          "18446744073709551616.0");

  private final MySqlTckDatabase database = TestMySql.database();
  private final MySqlDialect dialect = new MySqlDialect();
  private final Connection connection;

  AttributeIndexTest() throws SQLException {
    Persistence.schemaOf(database.config()).migrate();
    connection = database.connect();
  }

  @AfterAll
  void removeDatabase() throws SQLException {
    connection.close();
    database.close();
  }

  /**
   * A value as it may be stored, and how queries write it.
   *
   * @param json as SQL users may write it, too
   * @param literal of the query language
   */
  private record Value(String json, String literal) {

    static Value text(String text) {
      return new Value(JsonWriter.quoted(text), "'" + text.replace("'", "''") + "'");
    }

    static Value plain(String text) {
      return new Value(text, text);
    }
  }

  @TestFactory
  Stream<DynamicTest> search_findsByTheIndexWhatTheValuesSay() {
    return Stream.of(AttributeType.values())
        .map(type -> dynamicTest(type.name(), () -> assertFound(type)));
  }

  private static List<Value> values(AttributeType type) {
    return switch (type) {
      case KEYWORD, KEYWORD_LIST -> TEXTS.stream().map(Value::text).toList();
      case INT -> INTEGERS.stream().map(Value::plain).toList();
      case DOUBLE ->
          Stream.of(INTEGERS.stream(), DECIMALS.stream(), randomNumbers())
              .flatMap(numbers -> numbers)
              // To MySQL it is not the same as the double of that value.
              .filter(number -> !number.equals("-9223372036854775808"))
              .map(Value::plain)
              .toList();
      case BOOL -> Stream.of("true", "false").map(Value::plain).toList();
      case DATETIME ->
          Stream.of("1970-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z")
              .map(Value::text)
              .toList();
    };
  }

  private static Stream<String> randomNumbers() {
    Random random = new Random(SEED);
    return DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong()))
        .filter(Double::isFinite)
        .limit(100)
        .mapToObj(Double::toString);
  }

  /** Numbers are stored in all ways, whatever type they are registered with. */
  private static List<Value> stored(AttributeType type) {
    return type == AttributeType.INT ? values(AttributeType.DOUBLE) : values(type);
  }

  private void assertFound(AttributeType type) throws SQLException {
    NamespaceId namespace = new NamespaceId(UUID.randomUUID());
    List<Value> stored = stored(type);
    insert(namespace, type, stored);
    List<Value> sought = values(type);
    for (int i = 0; i < sought.size(); i++) {
      Value one = sought.get(i);
      Value other = sought.get((i + 1) % sought.size());
      assertFound(namespace, type, "V = " + one.literal(), runs(type, stored, List.of(one)));
      assertFound(
          namespace,
          type,
          "V IN (" + one.literal() + ", " + other.literal() + ")",
          runs(type, stored, List.of(one, other)));
    }
  }

  private void assertFound(
      NamespaceId namespace, AttributeType type, String query, Set<String> expected)
      throws SQLException {
    Step search =
        SearchSql.pages(
                dialect,
                namespace,
                VisibilityQuery.parse(query).bind(Map.of("V", type)),
                VisibilityOrder.CLOSE_TIME)
            .getFirst();
    for (String choice : List.of("FORCE", "IGNORE")) {
      String text =
          search
              .sql()
              .text()
              .replace(
                  "from visibility_records",
                  "from visibility_records %s INDEX (%s)".formatted(choice, INDEX));
      assertThat(found(Sql.of("search", text), search.binds()))
          .as(choice + " " + query)
          .isEqualTo(expected);
    }
  }

  private Set<String> found(Sql sql, Binds binds) throws SQLException {
    return new TreeSet<>(
        dialect
            .pipeline()
            .search(
                connection,
                Step.query(sql, binds.and("limit", 10_000), row -> row.text("workflow_id")),
                Duration.ofSeconds(30))
            .rows(String.class));
  }

  /** The runs whose value equals one of those that are sought. */
  private static Set<String> runs(AttributeType type, List<Value> stored, List<Value> sought) {
    Set<String> runs = new TreeSet<>();
    for (int i = 0; i < stored.size(); i++) {
      Object value = meaning(type, stored.get(i).json());
      if (sought.stream().anyMatch(each -> meaning(type, sought(type, each)).equals(value))) {
        runs.add("short-" + i);
        runs.add("long-" + i);
      }
    }
    return runs;
  }

  /** The query language reads what is asked of a Double as a double. */
  private static String sought(AttributeType type, Value value) {
    return type == AttributeType.DOUBLE
        ? Double.toString(Double.parseDouble(value.json()))
        : value.json();
  }

  private static Object meaning(AttributeType type, String json) {
    return switch (type) {
      case INT, DOUBLE -> number(json).stripTrailingZeros();
      case KEYWORD, KEYWORD_LIST, BOOL, DATETIME -> json;
    };
  }

  /** Integers are exact, all else is a double. */
  private static BigDecimal number(String json) {
    return json.matches("-?\\d+") ? new BigDecimal(json) : new BigDecimal(Double.parseDouble(json));
  }

  private void insert(NamespaceId namespace, AttributeType type, List<Value> values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO visibility_records (namespace_id, workflow_id, run_id, workflow_type, task_queue, search_attributes)
            VALUES (?, ?, ?, 'type', 'queue', ?)\
            """)) {
      for (int i = 0; i < values.size(); i++) {
        String json = values.get(i).json();
        String member =
            type == AttributeType.KEYWORD_LIST ? "[\"first\", %s]".formatted(json) : json;
        for (String rest : List.of("", LONG_DOCUMENT)) {
          insert.setBytes(1, bytes(namespace.value()));
          insert.setString(2, (rest.isEmpty() ? "short-" : "long-") + i);
          insert.setBytes(3, bytes(UUID.randomUUID()));
          insert.setString(4, "{\"V\": %s%s}".formatted(member, rest));
          insert.executeUpdate();
        }
      }
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}

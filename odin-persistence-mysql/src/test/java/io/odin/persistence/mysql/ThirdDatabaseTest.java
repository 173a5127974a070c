package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.sql.SqlProvider;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.Test;

/** The statements for a database that the shared code does not know: only its dialect does. */
class ThirdDatabaseTest {

  private static final String LISTING = "executions.listByShard.first";
  private static final String FENCE =
      "select shard_id from shard_fences where shard_id = :shard_id lock in share mode";

  /** As MySQL's dialect, but for its forms. */
  private static final class ThirdProvider extends SqlProvider {
    ThirdProvider() {
      super(thirdDialect(), new MySqlTasks());
    }
  }

  private static Dialect thirdDialect() {
    Dialect mysql = new MySqlDialect();
    SqlForms forms = new ThirdForms();
    return (Dialect)
        Proxy.newProxyInstance(
            Dialect.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (proxy, method, arguments) ->
                method.getName().equals("forms") ? forms : method.invoke(mysql, arguments));
  }

  private static final class ThirdForms implements SqlForms {
    @Override
    public SQLDialect family() {
      return SQLDialect.MARIADB;
    }

    @Override
    public Field<Instant> now() {
      return DSL.field("third_now()", SQLDataType.INSTANT);
    }

    @Override
    public Field<Instant> statementStart() {
      return DSL.field("third_start()", SQLDataType.INSTANT);
    }

    @Override
    public Field<Instant> plus(Field<Instant> time, Field<?> microseconds) {
      return DSL.field("third_plus({0}, {1})", SQLDataType.INSTANT, time, microseconds);
    }

    @Override
    public Field<Long> storedSize(Field<?> document) {
      return DSL.field("third_size({0})", SQLDataType.BIGINT, document);
    }

    @Override
    public Field<Instant> minus(Field<Instant> time, Field<?> microseconds) {
      return DSL.field("third_minus({0}, {1})", SQLDataType.INSTANT, time, microseconds);
    }

    @Override
    public Field<Long> milliseconds(Field<Instant> from, Field<Instant> to) {
      return DSL.field("third_milliseconds({0}, {1})", SQLDataType.BIGINT, from, to);
    }

    @Override
    public Optional<String> replacement(String name) {
      return name.equals("shards.fence") ? Optional.of(FENCE) : Optional.empty();
    }
  }

  private static Map<String, String> texts(SqlProvider provider) {
    return provider.statements().stream().collect(Collectors.toMap(Sql::name, Sql::text));
  }

  @Test
  void statements_ofAThirdDatabase_areWrittenInItsForms() {
    Map<String, String> mysql = texts(new MySqlProvider());

    Map<String, String> third = texts(new ThirdProvider());

    assertThat(third.keySet()).isEqualTo(mysql.keySet());
    assertThat(third.get("health.now")).contains("third_now()");
    assertThat(third.get("timers.dueNow.first")).contains("third_start()");
    assertThat(third.get("shards.renew")).contains("third_plus(third_now(), :time_to_live)");
    assertThat(third.get("commits.old")).contains("third_minus(third_start(), :age_microseconds)");
  }

  @Test
  void statement_thatTheDialectReplaces_isItsOwn() {
    assertThat(texts(new ThirdProvider()).get("shards.fence")).isEqualTo(FENCE);
  }

  @Test
  void hintsForIndexes_areLeftOutUnlessADatabaseAsksForThem() {
    assertThat(texts(new MySqlProvider()).get(LISTING)).contains("force index");
    assertThat(texts(new ThirdProvider()).get(LISTING)).doesNotContain("force index");
  }
}

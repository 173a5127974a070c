package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.sql.tests.StoreConnection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What sessions take from the server, the database and the role, and what they do not. */
class SessionSettingsTest {

  private PostgresTckDatabase database = TestPostgres.V18.database();

  @AfterEach
  void drop() {
    database.close();
  }

  private PersistenceConfig config() {
    return config("");
  }

  private PersistenceConfig config(String parameters) {
    return PersistenceConfig.builder(database.config().url() + parameters)
        .credentials(database.config().credentials())
        .shardCount(8)
        .build();
  }

  private static void create(Persistence persistence, String name) {
    persistence.namespaces().create(NamespaceId.create(), name, NamespaceSettings.defaults());
  }

  private static Finding finding(Persistence persistence, String name) {
    return persistence.check().findings().stream()
        .filter(finding -> finding.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sessions_inheritNoSettingThatDecidesAboutResultsOrTime() throws SQLException {
    List<String[]> odd =
        List.of(
            new String[] {"TimeZone", "Asia/Kathmandu"},
            new String[] {"DateStyle", "German, DMY"},
            new String[] {"IntervalStyle", "iso_8601"},
            new String[] {"bytea_output", "escape"},
            new String[] {"transform_null_equals", "on"},
            new String[] {"array_nulls", "off"},
            new String[] {"row_security", "off"},
            new String[] {"default_transaction_isolation", "serializable"},
            new String[] {"default_transaction_deferrable", "on"},
            new String[] {"jit", "on"},
            new String[] {"jit_above_cost", "0"},
            new String[] {"plan_cache_mode", "force_custom_plan"},
            new String[] {"enable_indexscan", "off"},
            new String[] {"enable_indexonlyscan", "off"},
            new String[] {"enable_nestloop", "off"},
            new String[] {"enable_hashjoin", "off"},
            new String[] {"enable_mergejoin", "off"},
            new String[] {"enable_hashagg", "off"},
            new String[] {"enable_material", "off"},
            new String[] {"enable_memoize", "off"},
            new String[] {"enable_incremental_sort", "off"},
            new String[] {"enable_partition_pruning", "off"},
            new String[] {"constraint_exclusion", "off"},
            new String[] {"geqo", "off"},
            new String[] {"from_collapse_limit", "1"},
            new String[] {"join_collapse_limit", "1"},
            new String[] {"lock_timeout", "1"},
            new String[] {"statement_timeout", "1"});
    Persistence.schemaOf(config()).migrate();
    odd.forEach(setting -> database.with(setting[0], setting[1]));

    try (Connection connection = StoreConnection.open(new PostgresDialect(), config());
        Statement statement = connection.createStatement()) {
      for (String[] setting : odd) {
        // The price of compiling is of no account where nothing is compiled.
        if (!setting[0].equals("jit_above_cost")) {
          try (ResultSet row = statement.executeQuery("SHOW " + setting[0])) {
            row.next();
            assertThat(row.getString(1)).as(setting[0]).isNotEqualToIgnoringCase(setting[1]);
          }
        }
      }
    }
    try (Persistence persistence = Persistence.open(config())) {
      create(persistence, "orders");
      assertThat(persistence.namespaces().findByName("orders")).isPresent();
    }
  }

  /** As managed services do to protect a disk that is full. */
  @ParameterizedTest
  @EnumSource(
      value = TestPostgres.class,
      names = {"V14", "V18"})
  void anOperatorsSwitch_isObeyedAndReported(TestPostgres version) {
    database.close();
    database = version.database();
    Persistence.schemaOf(config()).migrate();
    try (Persistence persistence = Persistence.open(config())) {
      create(persistence, "orders");
      database.with("default_transaction_read_only", "on");
      database.killConnections();

      assertReadOnly(() -> create(persistence, "invoices"));
      assertThat(persistence.namespaces().findByName("orders")).isPresent();
      try (Persistence opened = Persistence.open(config())) {
        assertReadOnly(() -> create(opened, "invoices"));
        assertThat(finding(opened, "write-ability").status()).isEqualTo(Status.FAILURE);
      }

      database
          .server()
          .execute("ALTER DATABASE " + database.name() + " RESET default_transaction_read_only");
      // The pool may be adding a connection that was begun before the reset.
      await()
          .ignoreExceptionsInstanceOf(UnavailableException.class)
          .untilAsserted(() -> create(persistence, "invoices"));
    }
  }

  private static void assertReadOnly(Runnable call) {
    UnavailableException failure = catchThrowableOfType(UnavailableException.class, call::run);
    assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY);
    assertThat(failure).hasMessageContaining("an operator has switched it");
  }

  /**
   * Odin is in the second schema of the path, and in one whose name fits the pattern of another.
   */
  @Test
  void sessions_findTheSchemaOfTheTables_whereverItIsInThePath() {
    database.execute("CREATE SCHEMA app", "CREATE SCHEMA odinxa", "CREATE SCHEMA odin_a");
    Persistence.schemaOf(config("?currentSchema=odinxa")).migrate();
    assertThat(Persistence.schemaOf(config("?currentSchema=odin_a")).status().installedVersion())
        .isEmpty();
    assertThat(Persistence.schemaOf(config("?currentSchema=odin_a")).migrate().isCurrent())
        .isTrue();
    assertThat(Persistence.schemaOf(config("?currentSchema=app,odin_a")).status().isCurrent())
        .isTrue();
    assertThat(Persistence.schemaOf(config("?currentSchema=app,odin_a")).migrate().isCurrent())
        .isTrue();

    assertThat(database.lines("SELECT schemaname FROM pg_tables WHERE tablename = 'odin_schema'"))
        .containsExactlyInAnyOrder("odinxa", "odin_a");
    try (Persistence persistence = Persistence.open(config("?currentSchema=app,odin_a"))) {
      create(persistence, "orders");
    }
    assertThat(database.value("SELECT count(*) FROM odin_a.namespaces", Long.class)).isEqualTo(1);
    assertThatThrownBy(() -> Persistence.schemaOf(config("?currentSchema=nowhere")).status())
        .isInstanceOf(BackendFailureException.class)
        .hasMessageContaining("there is no schema of the names in the search path");
  }

  /** A better match than the system's operator, by someone who may create in another schema. */
  @ParameterizedTest
  @EnumSource(
      value = TestPostgres.class,
      names = {"V14", "V18"})
  void sessions_runNoOperatorOfOthers(TestPostgres version) {
    database.close();
    database = version.database();
    database.execute("CREATE SCHEMA odin");
    database.execute("ALTER DATABASE " + database.name() + " SET search_path = odin, public");
    PersistenceConfig config =
        PersistenceConfig.builder(database.config().url())
            .credentials(database.config().credentials())
            .shardCount(8)
            .build();
    Persistence.schemaOf(config).migrate();
    database.execute(
        "CREATE TABLE public.traces (operator text)",
        """
        CREATE FUNCTION public.equals(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO public.traces VALUES ('=');
          RETURN true;
        END $$\
        """,
        "CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION ="
            + " public.equals)");

    try (Persistence persistence = Persistence.open(config)) {
      create(persistence, "orders");
      assertThat(persistence.namespaces().findByName("orders")).isPresent();
      assertThat(persistence.namespaces().findByName("invoices")).isEmpty();
    }

    assertThat(database.lines("SELECT operator FROM public.traces")).isEmpty();
  }

  @Test
  void check_namesWhoElseMayCreateInTheSchema() {
    Persistence.schemaOf(config()).migrate();
    database.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");

    try (Persistence persistence = Persistence.open(config())) {
      assertThat(finding(persistence, "schema").status()).isEqualTo(Status.WARNING);
      assertThat(finding(persistence, "schema").advice())
          .contains("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      assertThat(finding(persistence, "schema").status()).isEqualTo(Status.OK);
    }
  }
}

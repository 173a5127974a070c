package io.odin.persistence.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What another login has made in the place of the schema's objects never runs, and is named. */
class ForeignObjectsTest {

  private static final List<String> INSTALLERS = List.of("00_init.sql", "migrate", "roles.sql");

  private PostgresTckDatabase database = TestPostgres.V18.database();
  private ForeignLogin mallory = ForeignLogin.on(database);

  private void on(TestPostgres version) {
    close();
    database = version.database();
    mallory = ForeignLogin.on(database);
  }

  @AfterEach
  void close() {
    mallory.close();
    database.close();
    OdinRoles.drop(database.server());
  }

  private PersistenceConfig config() {
    return database.config();
  }

  private void run(String installer) {
    switch (installer) {
      case "00_init.sql" -> SchemaScript.INIT.runOverJdbc(database);
      case "migrate" -> Persistence.schemaOf(config()).migrate();
      default -> SchemaScript.ROLES.runOverJdbc(database);
    }
  }

  private void assertRefused(String installer, String object) {
    assertThatThrownBy(() -> run(installer))
        .as(installer)
        .hasMessageContaining("not made by the schema of Odin")
        .hasMessageContaining(object)
        .hasMessageContaining(mallory.name());
  }

  /** Her table notes who has written to it, and with whose rights the trigger ran. */
  private void makeTableWithTrigger() {
    mallory.execute(
        "CREATE TABLE history_shards (shard_id int, fence_token bigint DEFAULT 0)",
        "CREATE TABLE traces (who text)",
        "GRANT INSERT ON traces TO PUBLIC",
        """
        CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO traces VALUES (current_user);
          RETURN NEW;
        END $$\
        """,
        """
        CREATE TRIGGER evil BEFORE INSERT OR UPDATE ON history_shards
        FOR EACH ROW EXECUTE FUNCTION trace()\
        """);
  }

  @ParameterizedTest
  @EnumSource(TestPostgres.class)
  void aTableMadeBeforehand_isRefusedAndItsTriggerNeverRuns(TestPostgres version) {
    on(version);
    makeTableWithTrigger();

    for (String installer : INSTALLERS) {
      assertRefused(installer, "table public.history_shards of ");
      assertRefused(installer, "trigger evil on table public.history_shards, which uses function");
    }

    assertThat(database.lines("SELECT who FROM traces")).isEmpty();
    mallory.dropAll();
    INSTALLERS.forEach(this::run);
    Persistence.open(config()).close();
  }

  @Test
  void aTableThatWasGivenToTheInstaller_isRefusedForItsTrigger() {
    makeTableWithTrigger();
    database.execute("ALTER TABLE history_shards OWNER TO CURRENT_USER");

    INSTALLERS.forEach(
        installer -> assertRefused(installer, "trigger evil on table public.history_shards"));

    assertThat(database.lines("SELECT who FROM traces")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = TestPostgres.class,
      names = {"V14", "V18"})
  void anyNameOfTheSchema_isRefused(TestPostgres version) {
    on(version);
    SchemaScript.INIT.runOverJdbc(database);
    List<String> relations =
        database.lines(
            """
            SELECT relname::text FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'i', 'S')\
            """);
    List<String> functions =
        database.lines(
            "SELECT DISTINCT proname::text FROM pg_proc WHERE pronamespace ="
                + " 'public'::regnamespace");
    assertThat(relations).hasSizeGreaterThan(60);
    assertThat(functions).hasSizeGreaterThan(9);
    on(version);

    for (String name : relations) {
      mallory.execute("CREATE TABLE %s (a int)".formatted(name));
      assertRefused("00_init.sql", "table public." + name + " of ");
      mallory.dropAll();
    }
    for (String name : functions) {
      mallory.execute(
          "CREATE FUNCTION %s(text[]) RETURNS text LANGUAGE sql AS 'SELECT 1::text'"
              .formatted(name));
      assertRefused("00_init.sql", "function public." + name + "(text[]) of ");
      mallory.dropAll();
    }
    run("00_init.sql");
  }

  /** A better match than the system's own: it would become a part of the constraints. */
  @ParameterizedTest
  @EnumSource(TestPostgres.class)
  void operatorsAndFunctionsInPlaceOfTheSystems_areRefused(TestPostgres version) {
    on(version);
    mallory.execute(
        "CREATE FUNCTION differs(varchar, varchar) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'with the rights of %', current_user; END $$",
        "CREATE OPERATOR <> (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = differs)",
        "CREATE FUNCTION pg_advisory_xact_lock(int) RETURNS void LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'with the rights of %', current_user; END $$");

    for (String installer : INSTALLERS) {
      assertRefused(installer, "operator public.<>(character varying,character varying) of ");
      assertRefused(installer, "function public.pg_advisory_xact_lock(integer) of ");
    }
  }

  private static Stream<Arguments> attachments() {
    return Stream.of(
        Arguments.of(
            "CREATE TRIGGER evil BEFORE INSERT ON task_queues FOR EACH ROW EXECUTE FUNCTION hers()",
            "trigger evil on table public.task_queues, which uses function public.hers() of "),
        Arguments.of(
            "ALTER TABLE task_queues ALTER priority SET DEFAULT number()",
            "default value for column priority of table public.task_queues, which uses function"),
        Arguments.of(
            "ALTER TABLE task_queues ADD CONSTRAINT evil CHECK (priority > number())",
            "constraint evil on table public.task_queues, which uses function"),
        Arguments.of(
            "CREATE INDEX evil ON task_queues ((priority + number()))",
            "index public.evil, which uses function"),
        Arguments.of(
            "ALTER TABLE task_queues ADD evil domain_of_hers",
            "table public.task_queues, which uses type"),
        Arguments.of(
            "CREATE RULE evil AS ON INSERT TO task_queues DO ALSO SELECT number()",
            "rule evil on table public.task_queues"),
        Arguments.of(
            "CREATE POLICY evil ON task_queues USING (number() = 1)",
            "policy evil on table public.task_queues"),
        Arguments.of(
            "ALTER TABLE task_queues ENABLE ROW LEVEL SECURITY",
            "row security of table public.task_queues"),
        Arguments.of(
            "CREATE TABLE evil () INHERITS (task_queues)",
            "table public.evil, which inherits from table public.task_queues"),
        Arguments.of(
            "CREATE TABLE parent (fence_token bigint); ALTER TABLE shard_fences ALTER fence_token"
                + " DROP NOT NULL, INHERIT parent",
            "table public.shard_fences, which inherits from table public.parent"));
  }

  /** By the owner, who was talked into it, or who took over a table. */
  @ParameterizedTest
  @MethodSource("attachments")
  void whatIsAttachedToATable_isRefusedEverywhere(String attachment, String description) {
    SchemaScript.INIT.runOverJdbc(database);
    mallory.execute(
        "CREATE FUNCTION hers() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE FUNCTION number() RETURNS int IMMUTABLE LANGUAGE sql RETURN 1",
        "CREATE DOMAIN domain_of_hers AS int");
    database.execute(attachment);

    for (String installer : INSTALLERS) {
      assertThatThrownBy(() -> run(installer)).as(installer).hasMessageContaining(description);
    }
    assertThatThrownBy(() -> Persistence.open(config()))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining(description);
    assertThatThrownBy(() -> Persistence.schemaOf(config()).status())
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessageContaining(description);
  }

  /** She runs the files herself, on a database that is to be Odin's. */
  @Test
  void aWholeSchemaOfAnotherLogin_isRefusedByInstallersAndNotByUsers() {
    assertThat(Persistence.schemaOf(mallory.config()).migrate().isCurrent()).isTrue();

    INSTALLERS.forEach(installer -> assertRefused(installer, "table public.odin_schema of "));
    Persistence.open(config()).close();
    SchemaScript.INIT.runOverJdbc(database, "SET odin.accept_owner = on");
  }

  @Test
  void triggersOfTheOwnerAndPartitions_areAccepted() {
    SchemaScript.INIT.runOverJdbc(database);
    SchemaScript.of("optional/partitioning_range_by_time.sql").runOverJdbc(database);
    database.execute(
        "CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        """
        CREATE TRIGGER noted BEFORE INSERT ON task_queues FOR EACH ROW EXECUTE FUNCTION noted()\
        """);

    INSTALLERS.forEach(this::run);
    INSTALLERS.forEach(this::run);
    OdinRoles.grant(config());
    Persistence.open(OdinRoles.ODIN_APP.as(config())).close();
    database.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
    mallory.execute("CREATE TABLE history_events_299901 (a int)");
    assertRefused("00_init.sql", "table public.history_events_299901 of ");
  }

  /** E2: what is called with the caller's path finds no operator of a schema in it. */
  @ParameterizedTest
  @EnumSource(TestPostgres.class)
  void functions_haveASearchPathOfTheirOwn(TestPostgres version) {
    on(version);
    database.execute(
        "CREATE SCHEMA odin",
        "ALTER DATABASE %s SET search_path = odin, public".formatted(database.name()));
    run("00_init.sql");
    assertThat(
            database.lines(
                """
                SELECT p.proname::text
                  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
                 WHERE p.pronamespace = 'odin'::regnamespace AND l.lanname = 'plpgsql'
                   AND NOT coalesce('search_path=odin, pg_temp' = ANY (p.proconfig), false)\
                """))
        .isEmpty();
    mallory.execute(
        "CREATE FUNCTION equals(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'with the rights of %', current_user; END $$",
        "CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = equals)",
        "CREATE OPERATOR <> (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = equals)");

    database.lines(
        "SELECT task_id::text FROM get_next_task(gen_random_uuid(), 'orders', 'workflow', 'a',"
            + " 60)");
    database.lines("SELECT cleanup_expired_tasks()::text");
    database.lines("SELECT cleanup_expired_leases()::text");
    database.execute(
        "INSERT INTO odin.namespaces (namespace_name) VALUES ('orders')",
        "UPDATE odin.namespaces SET retention_days = 3",
        """
        INSERT INTO odin.workflow_timers (namespace_id, workflow_id, run_id, timer_id, fire_at)
        VALUES (gen_random_uuid(), 'order-1', gen_random_uuid(), 't', now())\
        """);
    INSTALLERS.forEach(this::run);
  }
}

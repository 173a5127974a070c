package io.odin.persistence.postgres.plan;

import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.sql.tests.PlanData;
import java.util.List;

/** What {@link PlanData} needs on PostgreSQL. */
final class PostgresPlanData {

  private static final List<String> FUNCTIONS =
      List.of(
          """
          CREATE FUNCTION id_of(id text) RETURNS uuid LANGUAGE sql IMMUTABLE
          RETURN id::uuid\
          """,
          """
          CREATE FUNCTION run_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
          RETURN ('01b00000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid\
          """,
          """
          CREATE FUNCTION instant_of(seconds bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE
          RETURN to_timestamp(seconds)\
          """,
          """
          CREATE FUNCTION seconds_from_now(seconds double precision) RETURNS timestamptz LANGUAGE sql STABLE
          RETURN now() + seconds * interval '1 second'\
          """,
          """
          CREATE FUNCTION bytes_of(content text) RETURNS bytea LANGUAGE sql IMMUTABLE
          RETURN convert_to(content, 'UTF8')\
          """,
          """
          CREATE FUNCTION json_of(document text) RETURNS jsonb LANGUAGE sql IMMUTABLE
          RETURN document::jsonb\
          """);

  private PostgresPlanData() {}

  /** The functions, and numbers up to that one. */
  static void prepare(PostgresTckDatabase database, int numbers) {
    run(database, FUNCTIONS);
    run(database, PlanData.numbers(numbers));
  }

  static void run(PostgresTckDatabase database, List<String> statements) {
    database.execute(statements.toArray(String[]::new));
  }
}

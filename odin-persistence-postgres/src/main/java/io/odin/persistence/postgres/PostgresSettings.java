package io.odin.persistence.postgres;

import io.odin.persistence.PersistenceConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What each session sets: every setting that decides about results or time, so that nothing of that
 * kind is inherited from the server, the database or the role. What an operator decides stays as it
 * is: whether writing is allowed, durability, memory, and the prices of the planner.
 */
final class PostgresSettings {

  private static final String ON = "on";
  private static final String OFF = "off";

  /** Of every session. */
  private static final Map<String, String> RESULTS =
      inOrder(
          "default_transaction_isolation", "read committed",
          "default_transaction_deferrable", OFF,
          "TimeZone", "UTC",
          "DateStyle", "ISO, MDY",
          "IntervalStyle", "postgres",
          "bytea_output", "hex",
          "standard_conforming_strings", ON,
          "transform_null_equals", OFF,
          "array_nulls", ON,
          "row_security", ON,
          // Compiling pays only for queries that take longer than people wait; and since what is
          // switched off below has an enormous price, the planner would compile what is quick.
          "jit", OFF);

  /**
   * Of the stores. Their statements each walk one index, so a plan is made once for each
   * connection; that plan must not be one that was cheap only because a table was empty then.
   */
  private static final Map<String, String> PLANS =
      inOrder(
          "plan_cache_mode", "force_generic_plan",
          "enable_seqscan", OFF,
          "enable_bitmapscan", OFF,
          "enable_sort", OFF,
          "enable_indexscan", ON,
          "enable_indexonlyscan", ON,
          "enable_tidscan", ON,
          "enable_nestloop", ON,
          "enable_hashjoin", ON,
          "enable_mergejoin", ON,
          "enable_hashagg", ON,
          "enable_material", ON,
          "enable_memoize", ON,
          "enable_incremental_sort", ON,
          "enable_partition_pruning", ON,
          "constraint_exclusion", "partition",
          "geqo", ON,
          "from_collapse_limit", "8",
          "join_collapse_limit", "8");

  /**
   * The schema of the tables alone: the first one in the path that has them, or that would get
   * them. Operators and functions that others have made elsewhere are not found, and before they
   * are, those of the system are used by name. Without any schema nothing is found at all.
   */
  private static final String SEARCH_PATH =
      """
      SELECT pg_catalog.set_config(
               'search_path',
               coalesce(
                 coalesce(
                   (SELECT pg_catalog.quote_ident(p.name::pg_catalog.text)
                      FROM pg_catalog.unnest(pg_catalog.current_schemas(false))
                             WITH ORDINALITY AS p (name, place)
                     WHERE EXISTS (SELECT
                                     FROM pg_catalog.pg_class AS t
                                     JOIN pg_catalog.pg_namespace AS n
                                       ON n.oid OPERATOR(pg_catalog.=) t.relnamespace
                                    WHERE t.relname OPERATOR(pg_catalog.=) 'odin_schema'::pg_catalog.name
                                      AND n.nspname OPERATOR(pg_catalog.=) p.name)
                     ORDER BY p.place USING OPERATOR(pg_catalog.<)
                     LIMIT 1),
                   pg_catalog.quote_ident(pg_catalog.current_schema()::pg_catalog.text))
                   OPERATOR(pg_catalog.||) ', pg_temp',
                 ''),
               false)\
      """;

  private PostgresSettings() {}

  private static Map<String, String> inOrder(String... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  /** Of a session of the stores. */
  static String ofStores(PersistenceConfig config) {
    return text(RESULTS) + timeouts(config) + text(PLANS) + SEARCH_PATH;
  }

  /** Of a session for queries that people ask, which are planned as usual. */
  static String ofQueries(PersistenceConfig config) {
    return text(RESULTS) + timeouts(config) + SEARCH_PATH;
  }

  private static String timeouts(PersistenceConfig config) {
    return text(
        inOrder(
            "lock_timeout", Long.toString(config.lockTimeout().toMillis()),
            "statement_timeout", Long.toString(config.statementTimeout().toMillis())));
  }

  private static String text(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> "SET %s = '%s';\n".formatted(setting.getKey(), setting.getValue()))
        .collect(Collectors.joining());
  }
}

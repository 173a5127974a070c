package io.odin.persistence.servers;

import java.util.Map;

/** What a commit is worth when the machine loses its power. */
public enum Durability {
  /** Nothing: fast, and good for a demo or a test. */
  NONE,
  /** Everything, as a server does in production. */
  FULL;

  /** The settings of PostgreSQL that make it so, by name. */
  Map<String, String> postgresSettings() {
    String setting = this == FULL ? "on" : "off";
    return Map.of("fsync", setting, "synchronous_commit", setting, "full_page_writes", setting);
  }

  /** The settings of MySQL that make it so, by name. */
  Map<String, String> mySqlSettings() {
    return switch (this) {
      case NONE ->
          Map.of(
              "innodb-flush-log-at-trx-commit",
              "0",
              "sync-binlog",
              "0",
              "innodb-doublewrite",
              "OFF");
      case FULL -> Map.of("innodb-flush-log-at-trx-commit", "1", "sync-binlog", "1");
    };
  }
}

package io.odin.persistence.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MySqlContainerTest {

  @Test
  void ready_isTheServerAndNotItsPluginOrTheOneThatMakesTheDatabase() {
    assertThat(
            "2026-11-22T10:00:03Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for"
                + " connections. Version: '9.7.4'  socket: '/var/run/mysqld/mysqld.sock'  port:"
                + " 3306  MySQL Community Server - GPL.\n")
        .matches(MySqlContainer.READY);
    assertThat(
            "2026-11-22T10:00:02Z 0 [System] [MY-011323] [Server] X Plugin ready for connections."
                + " Bind-address: '::' port: 33060, socket: /var/run/mysqld/mysqlx.sock\n")
        .doesNotMatch(MySqlContainer.READY);
    assertThat(
            "2026-11-22T10:00:01Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for"
                + " connections. Version: '9.7.4'  socket: '/var/run/mysqld/mysqld.sock'  port: 0"
                + "  MySQL Community Server - GPL.\n")
        .doesNotMatch(MySqlContainer.READY);
  }
}

package io.odin.persistence.servers;

import io.odin.persistence.servers.files.DebianPackages;
import java.io.IOException;
import java.nio.file.Path;

/**
 * MySQL out of Debian's packages. No other repository has MySQL as files that run anywhere, and of
 * Debian's suites only the newest does: releases have MariaDB.
 */
final class DebianMySql {

  private DebianMySql() {}

  static MySqlInstallation installation() throws IOException {
    DebianPackages packages = packages();
    Path files = packages.root().resolve("usr");
    return MySqlInstallation.of(
        packages.command(
            "usr/sbin/mysqld",
            "--no-defaults",
            "--basedir=" + files,
            "--lc-messages-dir=" + files.resolve("share/mysql")),
        packages.command("usr/bin/mysql"));
  }

  private static DebianPackages packages() throws IOException {
    try {
      return DebianPackages.of("mysql", "mysql-server-core", "mysql-client-core");
    } catch (IOException e) {
      throw new IOException("none is installed, and " + e.getMessage(), e);
    }
  }
}

package io.odin.persistence.servers;

import io.odin.persistence.servers.files.Cache;
import io.odin.persistence.servers.files.Disk;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Streaming replication for which commits wait. The copy is made by PostgreSQL's functions for
 * backups, since the programs in the jar have no pg_basebackup.
 */
final class PostgresReplication implements Replication {

  private final Disk disk;

  /** Standbys with their files there. */
  PostgresReplication(Disk disk) {
    this.disk = disk;
  }

  @Override
  public DatabaseServer standbyOf(DatabaseServer primary) throws IOException, SQLException {
    PostgresServer source = (PostgresServer) primary;
    PostgresServer standby =
        source.copyTo(
            disk.files("odin-postgres-"),
            Map.of(
                "primary_conninfo",
                "host=localhost port=%d user=%s".formatted(source.port(), source.user())));
    try {
      copy(source, standby.data());
      Files.createFile(standby.data().resolve("standby.signal"));
      standby.restart();
      // After the copy, which would wait for a standby too once it is a primary.
      primary.execute(
          "ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()");
      Sql.await(
          primary,
          "EXISTS (SELECT FROM pg_stat_replication"
              + " WHERE state = 'streaming' AND sync_state = 'sync')");
      return standby;
    } catch (IOException | SQLException | RuntimeException e) {
      standby.close();
      throw e;
    }
  }

  private static void copy(PostgresServer source, Path target) throws IOException, SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      // The server refuses a directory that others may read.
      Files.createDirectory(
          target,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      statement.execute("SELECT pg_backup_start('standby', true)");
      Files.walkFileTree(source.data(), new BackupCopy(source.data(), target));
      try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        row.next();
        Files.writeString(target.resolve("backup_label"), row.getString(1));
      }
    }
  }

  @Override
  public void promote(DatabaseServer standby) throws SQLException {
    standby.execute("SELECT pg_promote()");
    Sql.await(standby, "NOT pg_is_in_recovery()");
  }

  /** Copies the files of a server that runs. */
  private static final class BackupCopy extends Cache.Copy {

    private final Path data;

    BackupCopy(Path data, Path target) {
      super(data, target);
      this.data = data;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = data.relativize(file);
      // The standby asks for the log; the other files belong to the primary's process.
      boolean copied =
          !relative.startsWith("pg_wal") && !relative.toString().startsWith("postmaster.");
      try {
        return copied ? super.visitFile(file, attributes) : FileVisitResult.CONTINUE;
      } catch (NoSuchFileException e) {
        return visitFileFailed(file, e);
      }
    }

    /** A file that goes during the copy is not needed: the log says what became of it. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return failure instanceof NoSuchFileException
          ? FileVisitResult.CONTINUE
          : super.visitFileFailed(file, failure);
    }
  }
}

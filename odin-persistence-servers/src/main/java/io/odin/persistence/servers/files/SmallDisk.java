package io.odin.persistence.servers.files;

import io.odin.persistence.servers.process.Command;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A file system in a file, which is mounted as long as the server has files there. */
final class SmallDisk extends ServerFiles {

  /** The file grows with what is written. */
  private static final long BYTES = 6L << 30;

  /** What a file system may keep for itself. */
  private static final long FULL = 64 * 1024;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Path root;
  private final Path mount;

  private SmallDisk(Path root) {
    super(root.resolve("disk").resolve("files"));
    this.root = root;
    mount = root.resolve("disk");
  }

  /**
   * Makes one.
   *
   * @throws IOException if the system has no programs for it, or does not allow it
   */
  static SmallDisk create(String prefix) throws IOException {
    SmallDisk disk = new SmallDisk(Files.createTempDirectory(prefix));
    try {
      Path image = disk.root.resolve("image");
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength(BYTES);
      }
      Files.createDirectory(disk.mount);
      Command.run(List.of("mkfs.ext4", "-q", "-F", "-m", "0", image.toString()));
      Command.run(List.of("mount", "-o", "loop", image.toString(), disk.mount.toString()));
      Files.createDirectory(disk.directory());
      return disk;
    } catch (IOException e) {
      disk.close();
      throw e;
    }
  }

  @Override
  public void fill() throws IOException {
    try {
      Command.run(List.of("fallocate", "-l", Long.toString(left()), ballast().toString()));
    } catch (IOException e) {
      // The server writes meanwhile, so less is left than was asked for, and it is taken.
      if (left() > FULL) {
        throw e;
      }
    }
  }

  private long left() throws IOException {
    return Files.getFileStore(mount).getUsableSpace();
  }

  private Path ballast() {
    return mount.resolve("ballast");
  }

  @Override
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(directory())) {
      unmount();
    }
    Cache.delete(root);
  }

  /** A process whose server was killed has files open for a moment longer. */
  private void unmount() throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        Command.run(List.of("umount", mount.toString()));
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}

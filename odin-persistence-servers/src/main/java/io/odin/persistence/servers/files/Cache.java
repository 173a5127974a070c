package io.odin.persistence.servers.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Directories that are made once and kept with the user's cached files. */
public final class Cache {

  private static final Object IN_THIS_JVM = new Object();

  private Cache() {}

  @FunctionalInterface
  public interface Filling {
    void into(Path directory) throws IOException;
  }

  /**
   * The directory of a product's files that has that name, filled now if it is not there. Whole or
   * not at all, also when the process is killed meanwhile; other processes wait.
   */
  public static Path directory(String product, String name, Filling filling) throws IOException {
    Path home = home().resolve(product);
    Path directory = home.resolve(name);
    synchronized (IN_THIS_JVM) {
      Files.createDirectories(home);
      try (FileChannel lock =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        if (!Files.isDirectory(directory)) {
          Path unfinished = home.resolve(name + ".unfinished");
          delete(unfinished);
          Files.createDirectories(unfinished);
          filling.into(unfinished);
          Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return directory;
  }

  /** Where the files of this project are kept between two runs of a program. */
  public static Path home() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return root.resolve("odin");
  }

  /** Copies a directory with all that is in it to a place that does not exist. */
  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(from, new Copy(from, to));
  }

  /** Copies files that are there to a place that has none of them. */
  public static class Copy extends SimpleFileVisitor<Path> {

    private final Path from;
    private final Path to;

    public Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Files.createDirectories(to.resolve(from.relativize(directory)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Deletes a directory with all that is in it, if it is there. */
  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

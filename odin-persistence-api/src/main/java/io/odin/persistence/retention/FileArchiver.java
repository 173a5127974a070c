package io.odin.persistence.retention;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.internal.Require;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An archive in a directory: one gzip file of JSON lines for each run. Thread-safe, and safe for
 * several processes.
 *
 * <p>The file of a run is {@code NAMESPACE/HH/HASH/RUN.ndjson.gz}, where HASH is the first half of
 * the SHA-256 of the workflow id in hexadecimal digits and HH its first two: a workflow id may
 * contain characters that are not valid in file names. The first line is the run, each line between
 * has one event, and the last line has the number of events and the SHA-256 of all lines before it.
 * A file that lies under the name of another run, or whose events are not numbered from 1 without
 * gaps, is damaged, also if its last line fits.
 *
 * <p>A file is written under a temporary name, forced to the disk, read back and only then renamed:
 * a file with the name of a run is complete. Then the temporary files of the same run that a crash
 * has left are removed: a process that is still writing one fails, and finds the run in the
 * archive.
 */
public final class FileArchiver implements Archiver {

  private static final int HASH_BYTES = 16;
  private static final String TEMPORARY = ".tmp";

  private final Path directory;

  private FileArchiver(Path directory) {
    this.directory = directory;
  }

  /**
   * The archive in a directory, which is created if it does not exist.
   *
   * @throws InvalidRequestException if the directory cannot be created or is not writable
   */
  public static FileArchiver in(Path directory) {
    Path place = Require.nonNull("directory", directory).toAbsolutePath().normalize();
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw new InvalidRequestException(
          "location", "is " + place + ", which is not and cannot become a directory");
    }
    Require.that(Files.isWritable(place), "location", "is " + place + ", which is read-only");
    return new FileArchiver(place);
  }

  /** The file of a run, existing or not. */
  public Path fileOf(RunKey run) {
    byte[] workflowId = run.workflowId().getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(ArchiveFile.sha256().digest(workflowId), 0, HASH_BYTES);
    return directory
        .resolve(run.namespace().value().toString())
        .resolve(hash.substring(0, 2))
        .resolve(hash)
        .resolve(run.runId() + ".ndjson.gz");
  }

  @Override
  public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException {
    Path file = fileOf(Require.nonNull("run", run).key());
    Require.nonNull("history", history);
    Path folder = Require.nonNull("folder", file.getParent());
    Files.createDirectories(folder);
    String prefix = "." + run.key().runId();
    Path temporary = Files.createTempFile(folder, prefix, TEMPORARY);
    try {
      Bytes checksum = ArchiveFile.write(temporary, run, history);
      ArchiveFile.read(temporary, run.key(), event -> {});
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      removeLeftovers(folder, prefix);
      forceNames(folder);
      return checksum;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void removeLeftovers(Path folder, String prefix) throws IOException {
    try (DirectoryStream<Path> leftovers =
        Files.newDirectoryStream(folder, prefix + "*" + TEMPORARY)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  /** Forces the entry of the new file to the disk, and those of all directories above it. */
  private void forceNames(Path folder) throws IOException {
    for (Path changed = folder;
        changed != null && changed.startsWith(directory);
        changed = changed.getParent()) {
      try (FileChannel channel = FileChannel.open(changed, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) throws IOException {
    Path file = fileOf(Require.nonNull("run", run));
    Require.nonNull("history", history);
    return Files.exists(file)
        ? Optional.of(ArchiveFile.read(file, run, history))
        : Optional.empty();
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return directory.toUri().toString();
  }
}

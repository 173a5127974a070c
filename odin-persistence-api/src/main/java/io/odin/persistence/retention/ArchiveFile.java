package io.odin.persistence.retention;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.value.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes and reads the file of one run, in the format of {@link FileArchiver}. */
final class ArchiveFile {

  private static final int BUFFER = 64 * 1024;

  private ArchiveFile() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Writes a file and forces it to the disk; returns the SHA-256 of run and events. */
  static Bytes write(Path file, ArchivedRun run, Iterable<HistoryEvent> history)
      throws IOException {
    MessageDigest digest = sha256();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      GZIPOutputStream out = new GZIPOutputStream(Channels.newOutputStream(channel), BUFFER);
      writeLine(out, digest, ArchiveLines.run(run));
      ArchivedEvents events = new ArchivedEvents();
      for (HistoryEvent event : history) {
        events.add(event);
        writeLine(out, digest, ArchiveLines.event(event));
      }
      byte[] checksum = digest.digest();
      writeLine(out, digest, ArchiveLines.end(events.count(), HexFormat.of().formatHex(checksum)));
      out.finish();
      channel.force(true);
      return Bytes.copyOf(checksum);
    }
  }

  private static void writeLine(OutputStream out, MessageDigest digest, String line)
      throws IOException {
    byte[] bytes = bytes(line);
    digest.update(bytes);
    out.write(bytes);
  }

  private static byte[] bytes(String line) {
    return (line + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the file of a run; fails unless it is byte for byte as it was written for this run. */
  static ArchivedRun read(Path file, RunKey key, Consumer<HistoryEvent> history)
      throws IOException {
    MessageDigest digest = sha256();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), BUFFER), StandardCharsets.UTF_8))) {
      String line = next(in, file);
      ArchivedRun run = parsed(file, line, ArchiveLines::readRun);
      if (!run.key().equals(key)) {
        throw damaged(file, "it is the file of another run", null);
      }
      digest.update(bytes(line));
      ArchivedEvents events = new ArchivedEvents();
      for (line = next(in, file); ArchiveLines.isEvent(line); line = next(in, file)) {
        HistoryEvent event = parsed(file, line, ArchiveLines::readEvent);
        add(file, events, event);
        history.accept(event);
        digest.update(bytes(line));
      }
      String checksum = HexFormat.of().formatHex(digest.digest());
      if (!line.equals(ArchiveLines.end(events.count(), checksum)) || in.readLine() != null) {
        throw damaged(file, "its checksum is another", null);
      }
      return run;
    }
  }

  private static void add(Path file, ArchivedEvents events, HistoryEvent event) throws IOException {
    try {
      events.add(event);
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static <T> T parsed(Path file, String line, Function<String, T> parser)
      throws IOException {
    try {
      return parser.apply(line);
    } catch (InvalidRequestException | IllegalArgumentException | DateTimeException e) {
      throw damaged(file, "a line cannot be read", e);
    }
  }

  private static String next(BufferedReader in, Path file) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw damaged(file, "its end is missing", null);
    }
    return line;
  }

  private static IOException damaged(Path file, String reason, @Nullable Throwable cause) {
    return new IOException(file + " is damaged: " + reason, cause);
  }
}

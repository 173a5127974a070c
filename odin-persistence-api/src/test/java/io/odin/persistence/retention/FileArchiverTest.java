package io.odin.persistence.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArchiverTest {

  private static final Instant THEN = Instant.parse("2026-03-01T09:30:00.123456Z");
  private static final List<HistoryEvent> HISTORY =
      List.of(
          new HistoryEvent(1, "Started", THEN, Json.of("{\n \"text\": \"a\\nb 注文 📦\"\r}")),
          new HistoryEvent(2, "Ended", THEN.plusNanos(1000), 7, 2, Json.of("[1, 2.5, null]")),
          new HistoryEvent(3, "Bytes", THEN, Bytes.copyOf(new byte[] {0, -1, 127, 10})));

  @TempDir private Path directory;
  private FileArchiver archiver;

  @BeforeEach
  void open() {
    archiver = FileArchiver.in(directory.resolve("made/on/demand"));
  }

  private static ArchivedRun run(String workflowId) {
    return new ArchivedRun(
        RunKey.create(NamespaceId.create(), workflowId),
        RunDefinition.builder("OrderWorkflow", "orders", THEN).build(),
        RunState.builder().closed(WorkflowState.FAILED, THEN.plusSeconds(1)).build());
  }

  private static ArchivedRun fullRun() {
    return new ArchivedRun(
        RunKey.create(NamespaceId.create(), "a/b\\c: \"é\" \n ."),
        RunDefinition.builder("OrderWorkflow", "orders", THEN)
            .workflowTimeout(Duration.ofDays(30))
            .runTimeout(Duration.ofHours(6))
            .taskTimeout(Duration.ofSeconds(10))
            .retryPolicy(Json.of("{\"maximumAttempts\":5}"))
            .cronSchedule("0 4 * * *")
            .parent(new ParentLink("parent", UUID.randomUUID(), 5))
            .startRequestId("request")
            .base(new BaseRun(UUID.randomUUID(), 2))
            .build(),
        RunState.builder()
            .executionState(Bytes.copyOf(new byte[] {0, -1, 127}))
            .lastProcessedEventId(1)
            .completionEventId(2)
            .memo(Json.of("{\"note\":\"call back\"}"))
            .searchAttributes(Json.of("{\"CustomerId\":\"c-1\"}"))
            .autoResetPoints(Json.of("{\"points\":[1,2]}"))
            .closed(WorkflowState.COMPLETED, THEN.plusSeconds(1))
            .build());
  }

  private List<String> lines(ArchivedRun run) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archiver.fileOf(run.key())))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void rewrite(ArchivedRun run, List<String> lines) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(archiver.fileOf(run.key())))) {
      out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatWasPut_isReadBackEqual() throws IOException {
    for (ArchivedRun run : List.of(fullRun(), run("order-1"))) {
      archiver.put(run, HISTORY);

      List<HistoryEvent> events = new ArrayList<>();
      assertThat(archiver.read(run.key(), events::add)).contains(run);
      assertThat(events).isEqualTo(HISTORY);
    }
    assertThat(archiver.read(run("another").key(), event -> {})).isEmpty();
  }

  @Test
  void theLastLine_hasTheChecksumOfAllOthers() throws Exception {
    ArchivedRun run = fullRun();

    Bytes checksum = archiver.put(run, HISTORY);

    List<String> lines = lines(run);
    assertThat(lines).hasSize(HISTORY.size() + 2);
    String before = String.join("\n", lines.subList(0, HISTORY.size() + 1)) + "\n";
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256").digest(before.getBytes(StandardCharsets.UTF_8));
    assertThat(checksum).isEqualTo(Bytes.copyOf(sha256));
    assertThat(lines.getLast())
        .isEqualTo(
            "{\"type\":\"end\",\"events\":3,\"sha256\":\""
                + HexFormat.of().formatHex(sha256)
                + "\"}");
  }

  @Test
  void theSameRunAgain_isThereOnce() throws IOException {
    ArchivedRun run = run("order-1");
    Bytes first = archiver.put(run, HISTORY);

    assertThat(archiver.put(run, HISTORY)).isEqualTo(first);

    assertThat(files()).containsExactly(archiver.fileOf(run.key()));
  }

  @Test
  void whatACrashHasLeftOfTheSameRun_isRemoved() throws IOException {
    ArchivedRun run = run("order-1");
    Path folder = Files.createDirectories(archiver.fileOf(run.key()).resolveSibling("."));
    Files.createFile(folder.resolve("." + run.key().runId() + "123.tmp"));
    Path other = Files.createFile(folder.resolve("." + UUID.randomUUID() + "123.tmp"));

    archiver.put(run, HISTORY);

    assertThat(files()).containsExactlyInAnyOrder(archiver.fileOf(run.key()), other.normalize());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aHistoryThatCannotBeRead_leavesNothingAndTheFirstFileAlone() throws IOException {
    ArchivedRun run = run("order-1");
    archiver.put(run, HISTORY);

    assertThatThrownBy(() -> archiver.put(run, FileArchiverTest::brokenHistory))
        .isInstanceOf(IllegalStateException.class);

    assertThat(files()).containsExactly(archiver.fileOf(run.key()));
    assertThat(archiver.read(run.key(), event -> {})).contains(run);
  }

  private static Iterator<HistoryEvent> brokenHistory() {
    return Stream.generate(
            () -> {
              throw new IllegalStateException("the database is unavailable");
            })
        .map(HistoryEvent.class::cast)
        .iterator();
  }

  @Test
  void aLineThatWasChangedLostOrAdded_isReported() throws IOException {
    ArchivedRun run = run("order-1");
    archiver.put(run, HISTORY);
    List<String> lines = lines(run);

    List<List<String>> damages =
        List.of(
            lines.stream().map(line -> line.replace("Started", "Forged")).toList(),
            lines.stream().map(line -> line.replace("eventType", "type")).toList(),
            lines.subList(0, HISTORY.size() + 1),
            List.of(lines.get(0), lines.get(1), lines.get(3)),
            Stream.concat(lines.stream(), Stream.of(lines.getLast())).toList());

    for (List<String> damaged : damages) {
      rewrite(run, damaged);
      assertThatThrownBy(() -> archiver.read(run.key(), event -> {}))
          .as(String.join("\n", damaged))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void theFileOfAnotherRun_isReported() throws IOException {
    ArchivedRun run = run("order-1");
    ArchivedRun sameWorkflow =
        new ArchivedRun(
            new RunKey(run.key().namespace(), "order-1", UUID.randomUUID()),
            run.definition(),
            run.state());
    for (ArchivedRun other : List.of(run("order-2"), run("order-1"), sameWorkflow)) {
      archiver.put(run, HISTORY);
      archiver.put(other, HISTORY);
      Files.copy(
          archiver.fileOf(other.key()),
          archiver.fileOf(run.key()),
          StandardCopyOption.REPLACE_EXISTING);
      List<HistoryEvent> events = new ArrayList<>();

      assertThatThrownBy(() -> archiver.read(run.key(), events::add))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another run");
      assertThat(events).isEmpty();
    }
  }

  @Test
  void eventsThatAreNotNumberedFromOne_areReportedAlthoughTheChecksumFits() throws Exception {
    ArchivedRun run = run("order-1");
    archiver.put(run, HISTORY);
    String head = lines(run).getFirst();
    String first = lines(run).get(1);

    for (List<Integer> numbers :
        List.of(List.of(5, 5, 5, 2), List.of(2), List.of(1, 1), List.of(1, 3), List.of(2, 1))) {
      List<String> lines = new ArrayList<>(List.of(head));
      numbers.forEach(number -> lines.add(first.replace("\"eventId\":1", "\"eventId\":" + number)));
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256")
              .digest((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      lines.add(ArchiveLines.end(numbers.size(), HexFormat.of().formatHex(sha256)));
      rewrite(run, lines);

      assertThatThrownBy(() -> archiver.read(run.key(), event -> {}))
          .as("events numbered " + numbers)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("belongs");
    }
  }

  @Test
  void eventsThatAreNotNumberedFromOne_areNotStored() {
    ArchivedRun run = run("order-1");

    assertThatThrownBy(() -> archiver.put(run, HISTORY.reversed()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("event 3 is where event 1 belongs");
    assertThat(archiver.fileOf(run.key())).doesNotExist();
  }

  @Test
  void checksumOfEvents_isOfTheirContent() throws IOException {
    ArchivedEvents read = new ArchivedEvents();
    ArchivedRun run = run("order-1");
    archiver.put(run, HISTORY);
    List<HistoryEvent> events = new ArrayList<>();
    archiver.read(run.key(), events::add);
    for (HistoryEvent event : events) {
      read.add(event);
    }
    ArchivedEvents written = new ArchivedEvents();
    ArchivedEvents fewer = new ArchivedEvents();
    for (HistoryEvent event : HISTORY) {
      written.add(event);
    }
    fewer.add(HISTORY.getFirst());

    assertThat(read.count()).isEqualTo(HISTORY.size());
    assertThat(read.checksum()).isEqualTo(written.checksum());
    assertThat(fewer.checksum()).isNotEqualTo(new ArchivedEvents().checksum());
  }

  @Test
  void aFileThatWasCutOff_isReported() throws IOException {
    ArchivedRun run = run("order-1");
    archiver.put(run, HISTORY);
    Path file = archiver.fileOf(run.key());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> archiver.read(run.key(), event -> {})).isInstanceOf(IOException.class);
  }

  @Test
  void aLocation_choosesTheKindOfArchive() throws IOException {
    ArchivedRun run = run("order-1");

    try (Archiver opened = Archiver.open(directory.toUri())) {
      opened.put(run, HISTORY);
    }

    assertThat(FileArchiver.in(directory).read(run.key(), event -> {})).contains(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"papyrus:x", "directory", "file:relative"})
  void aLocationOfNoKnownKind_isRefused(String location) {
    assertThatThrownBy(() -> Archiver.open(URI.create(location)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("file:");
  }

  @Test
  void aFile_isNoDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> FileArchiver.in(file))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("cannot become a directory");
  }

  @Test
  void none_takesNothing() {
    assertThatThrownBy(() -> Archiver.none().put(run("order-1"), HISTORY))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("name an archive");
  }
}

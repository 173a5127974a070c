package io.odin.persistence.sql.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Due times against a file of them, and against the examples of the documentation. */
class DueTimesTest {

  private static final Path DOCUMENTED =
      Path.of(
          "../odin-persistence-api/src/main/java/io/odin/persistence/schedule/ScheduleSpec.java");
  private static final Pattern EXAMPLE =
      Pattern.compile("<td><code>(?<cron>[^<]+)</code></td>\\s+\\*\\s+<td>(?<days>[^<]+)</td>");
  private static final LocalDate AFTER = LocalDate.of(2026, 12, 27);

  /** A line of the file. */
  record Line(String expression, String zone, String after, List<String> due) {

    static Line of(String text) {
      String[] parts = text.split(" \\| ", -1);
      return new Line(parts[0], parts[1], parts[2], List.of(parts[3].split(", ", -1)));
    }

    ScheduleSpec spec() {
      return ScheduleSpec.cron(expression, zone);
    }
  }

  private static List<Line> lines() {
    try (InputStream file =
        Objects.requireNonNull(DueTimesTest.class.getResourceAsStream("due-times.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Line::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Instant> due(ScheduleSpec spec, Instant after, int count) {
    return DueTimes.of(ScheduleDefinition.builder(spec, "type", "queue").build(), Instant.EPOCH)
        .next(after, count);
  }

  private static Instant at(String time) {
    return OffsetDateTime.parse(time).toInstant();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void next_isAsInTheFile(Line line) {
    assertThat(due(line.spec(), at(line.after()), line.due().size()))
        .isEqualTo(line.due().stream().map(DueTimesTest::at).toList());
  }

  @Test
  void file_hasManyLinesAndZones() {
    assertThat(lines()).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    assertThat(lines().stream().map(Line::zone).distinct()).hasSizeGreaterThan(20);
  }

  private static Stream<List<String>> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(DOCUMENTED))
        .results()
        .map(found -> List.of(found.group("cron").replace("&#47;", "/"), found.group("days")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void next_isAsDocumented(List<String> example) {
    List<String> days = Arrays.asList(example.get(1).split(", ", -1));

    List<Instant> due =
        due(
            ScheduleSpec.cron(example.get(0), "UTC"),
            AFTER.atStartOfDay().toInstant(ZoneOffset.UTC),
            days.size());

    DateTimeFormatter day = DateTimeFormatter.ofPattern("MM-dd").withZone(ZoneOffset.UTC);
    assertThat(due.stream().map(day::format)).isEqualTo(days);
  }

  @Test
  void documentation_hasSixExamples() throws IOException {
    assertThat(examples()).hasSize(6);
  }
}

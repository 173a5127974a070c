package io.odin.persistence.postgres.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every Java block of the documentation is a part of a test source of this module: there it lies
 * between {@code // example: NAME} and {@code // end of NAME}, in the page {@code <!-- example:
 * NAME -->} precedes it. With {@code -Dodin.docs.update=true} the pages are written again.
 */
class ExampleTextsTest {

  private static final boolean UPDATE = Boolean.getBoolean("odin.docs.update");
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("src/test/java/io/odin/persistence/postgres");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?ms)^ *// example: (?<name>\\S+)\n(?<text>.*?)^ *// end of \\k<name>$");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)(?:^<!-- example: (?<name>\\S+) -->\n)?^```java\n(?<text>.*?)^```$");

  private final Map<String, String> examples = examples();

  private static Map<String, String> examples() {
    Map<String, String> examples = new HashMap<>();
    files(SOURCES, ".java")
        .flatMap(source -> EXAMPLE.matcher(read(source)).results())
        .forEach(
            example ->
                assertThat(examples.put(example.group("name"), textOf(example)))
                    .as("a second example " + example.group("name"))
                    .isNull());
    return examples;
  }

  private static String textOf(MatchResult example) {
    return example.group("text").stripTrailing().stripIndent() + "\n";
  }

  private static Stream<Path> pages() {
    return Stream.of(
            Stream.of("README.md", "CONTRIBUTING.md", "Schemas/README.md").map(ROOT::resolve),
            files(ROOT.resolve("docs"), ".md"))
        .flatMap(page -> page);
  }

  private static Stream<Path> files(Path folder, String extension) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(extension)).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyJavaBlock_isCompiledHere() {
    return pages().map(page -> dynamicTest(ROOT.relativize(page).toString(), () -> check(page)));
  }

  private void check(Path page) throws IOException {
    Matcher blocks = BLOCK.matcher(read(page));
    if (UPDATE) {
      Files.writeString(page, blocks.replaceAll(found -> Matcher.quoteReplacement(block(found))));
    } else {
      assertThat(blocks.results())
          .as("to print the blocks again: -Dodin.docs.update=true")
          .allSatisfy(found -> assertThat(found.group()).isEqualTo(block(found)));
    }
  }

  /** A block as it has to be printed. */
  private String block(MatchResult found) {
    String name = found.group("name");
    assertThat(name).as("the example of this block:\n" + found.group()).isNotNull();
    String text = Objects.requireNonNull(examples.get(name), "no example " + name);
    return "<!-- example: " + name + " -->\n```java\n" + text + "```";
  }

  @Test
  void everyExample_isPrintedOnce() {
    List<String> printed =
        pages()
            .flatMap(page -> BLOCK.matcher(read(page)).results())
            .map(block -> String.valueOf(block.group("name")))
            .sorted()
            .toList();
    Set<String> all = new TreeSet<>(examples.keySet());

    assertThat(printed).containsExactlyElementsOf(all);
  }
}

package io.odin.persistence.visibility.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/visibility-queries.md to what the parser does. */
class QueryDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "visibility-queries.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```\\n");
  private static final Pattern REFUSAL = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|$");

  private static Map<String, AttributeType> attributes() {
    Map<String, AttributeType> attributes = new HashMap<>(SampleAttributes.ALL);
    attributes.put("customer id", AttributeType.KEYWORD);
    return attributes;
  }

  private static Stream<MatchResult> inDocument(Pattern pattern) throws IOException {
    return pattern.matcher(Files.readString(DOCUMENT)).results();
  }

  @Test
  void examples_areRead() throws IOException {
    List<String> examples =
        inDocument(BLOCK)
            .map(block -> block.group(1))
            .filter(block -> !block.startsWith("query  :="))
            .flatMap(String::lines)
            .toList();

    assertThat(examples)
        .hasSizeGreaterThan(15)
        .allSatisfy(
            example ->
                assertThatCode(() -> VisibilityQuery.parse(example).bind(attributes()))
                    .doesNotThrowAnyException());
  }

  @Test
  void refusals_readAsPrinted() throws IOException {
    List<MatchResult> refusals = inDocument(REFUSAL).toList();

    assertThat(refusals)
        .hasSize(12)
        .allSatisfy(
            row ->
                assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> VisibilityQuery.parse(row.group(1)).bind(attributes()))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(row.group(2))));
  }

  @Test
  void systemFields_areAllListed() throws IOException {
    String document = Files.readString(DOCUMENT);

    assertThat(SystemField.allNames()).allMatch(name -> document.contains("`" + name + "`"));
  }
}

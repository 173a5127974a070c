package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The grammar of the queries, which the documentation prints, is what the parser reads. */
class GrammarTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "visibility-queries.md");
  private static final List<String> PIECES =
      List.of(
          "AND", "not", " ", "=", "<", ">", "<>", "(", ")", ",", ".", "-", "+", "'", "\"", "`", "1",
          "e", "h", "5m", "null", "now", "Tag", "\\", "_", ";", "µ");

  private final Random random = new Random(20_260_301);
  private final RandomSentences sentences = new RandomSentences(random);

  /** The reason of the refusal; empty if the query is read. */
  private static String refusal(String query) {
    try {
      VisibilityQuery.parse(query).bind(Samples.attributeTypes());
      return "";
    } catch (InvalidRequestException e) {
      return e.reason();
    }
  }

  private static boolean isOfTheLanguage(String refusal) {
    return refusal.isEmpty() || RandomSentences.REASONS.matcher(refusal).matches();
  }

  /** Whether reading ended at what might be a duration: nothing is known about what follows. */
  private static boolean isReadInPart(String refusal) {
    return refusal.matches("(?s)has .* where a duration such as .* is expected( after .*)?");
  }

  @Test
  void grammar_isThatOfTheDocumentation() throws IOException {
    assertThat(Files.readString(DOCUMENT))
        .contains("```ebnf\n" + Grammar.ofQueries().text() + "```\n");
  }

  @Test
  void samples_areAllowedByTheGrammar() {
    RandomSentences.SAMPLES.forEach(
        (rule, samples) -> assertThat(samples).allMatch(sample -> Recognizer.allows(rule, sample)));
  }

  @Test
  void sentences_areReadOrRefusedForTheirMeaning() {
    List<String> read = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String query = sentences.next();
      String refusal = refusal(query);
      assertThat(isOfTheLanguage(refusal)).as(query + "\n" + refusal).isTrue();
      if (refusal.isEmpty()) {
        read.add(query);
      }
    }
    assertThat(read).hasSizeGreaterThan(2_000);
  }

  @Test
  void sentences_areAllowedByTheGrammar() {
    for (int i = 0; i < 2_000; i++) {
      String query = sentences.next();
      assertThat(Recognizer.allows("query", query)).as(query).isTrue();
    }
  }

  @Test
  void damagedSentences_areRefusedIfTheGrammarDoesNotAllowThem() {
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      StringBuilder damaged = new StringBuilder(sentences.next());
      int length = damaged.codePointCount(0, damaged.length());
      int from = random.nextInt(length + 1);
      int to = Math.min(length, from + random.nextInt(3));
      damaged.replace(
          damaged.offsetByCodePoints(0, from),
          damaged.offsetByCodePoints(0, to),
          PIECES.get(random.nextInt(PIECES.size())));
      String query = damaged.toString();
      String refusal = refusal(query);
      boolean isAllowed = Recognizer.allows("query", query);
      if (!isReadInPart(refusal)) {
        assertThat(isOfTheLanguage(refusal)).as(query + "\n" + refusal).isEqualTo(isAllowed);
      }
      refused += isAllowed ? 0 : 1;
    }
    assertThat(refused).isBetween(2_000, 9_800);
  }

  @Test
  void queriesOfTheCorpus_areAllowedByTheGrammarOrRefused() {
    assertThat(CorpusQuery.all())
        .filteredOn(query -> !isReadInPart(refusal(query.text())))
        .allSatisfy(
            query ->
                assertThat(Recognizer.allows("query", query.text()))
                    .as(query.text())
                    .isEqualTo(isOfTheLanguage(refusal(query.text()))));
  }
}

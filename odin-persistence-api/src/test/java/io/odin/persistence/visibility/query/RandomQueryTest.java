package io.odin.persistence.visibility.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.run.WorkflowState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random queries: grammatical ones keep their meaning, the others are refused. */
class RandomQueryTest {

  private static final List<String> WORDS =
      List.of(
          "AND",
          "OR",
          "NOT",
          "IN",
          "BETWEEN",
          "IS",
          "NULL",
          "STARTS_WITH",
          "Tag",
          ".",
          "now",
          "(",
          ")",
          ",",
          "=",
          "!=",
          "<>",
          "<",
          "<=",
          "-",
          "+",
          "'a'",
          "'",
          "''",
          "`Region`",
          "`",
          "1",
          "2.5",
          "36h",
          "\"a\"",
          "ORDER",
          "BY",
          "-1.5",
          "1e9",
          "true",
          "'1d'",
          "Priority",
          "Region",
          "Labels",
          "StartTime",
          "Status",
          "ExecutionDuration",
          "Foo",
          "'2026-03-01T09:30:00Z'",
          "\0",
          "\ud83d",
          "🙂",
          ";",
          "\"",
          "\\",
          "?");
  private static final List<String> TEXTS =
      List.of("", "'", "''", "a AND b", "O'Brien", "50%_\\", "?:x@$1", "`", "--", "注文 📦", "\n");

  private final Random random = new Random(20_260_301);

  @Test
  void condition_writtenAndRead_isTheSame() {
    for (int i = 0; i < 5_000; i++) {
      Condition condition = condition(3);
      String text = QueryText.of(condition);

      assertThat(VisibilityQuery.parse(text).bind(SampleAttributes.ALL))
          .as(text)
          .hasValue(condition);
    }
  }

  @Test
  void condition_negatedInWords_isNegated() {
    for (int i = 0; i < 5_000; i++) {
      Condition condition = condition(3);
      String text = "NOT (" + QueryText.of(condition) + ")";

      assertThat(VisibilityQuery.parse(text).bind(SampleAttributes.ALL))
          .as(text)
          .hasValue(condition.negated());
      assertThat(condition.negated().negated()).isEqualTo(condition);
    }
  }

  @Test
  void wordsAtRandom_areReadOrRefused() {
    int refused = 0;
    for (int i = 0; i < 100_000; i++) {
      String text = String.join(random.nextBoolean() ? " " : "", some(() -> oneOf(WORDS), 12));
      refused += refusals(text);
    }
    assertThat(refused).isBetween(50_000, 100_000);
  }

  @Test
  void damagedQueries_areReadOrRefused() {
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(QueryText.of(condition(2)));
      int from = random.nextInt(text.length());
      text.replace(from, Math.min(text.length(), from + random.nextInt(4)), oneOf(WORDS));
      refused += refusals(text.toString());
    }
    assertThat(refused).isBetween(10_000, 50_000);
  }

  /** 1 if the text is refused at a place within it. */
  private static int refusals(String text) {
    try {
      VisibilityQuery.parse(text).bind(SampleAttributes.ALL);
      return 0;
    } catch (InvalidRequestException e) {
      assertThat(e.position()).as(text).isPresent();
      assertThat(e.position().getAsInt()).as(text).isBetween(0, text.length());
      return 1;
    } catch (RuntimeException | StackOverflowError e) {
      return fail("not a refusal of: " + text, e);
    }
  }

  private Condition condition(int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0, 1 -> random.nextInt(3) == 0 ? test().negated() : test();
      case 2 -> new Condition.And(Stream.generate(() -> condition(depth - 1)).limit(2).toList());
      default -> new Condition.Or(Stream.generate(() -> condition(depth - 1)).limit(3).toList());
    };
  }

  private Condition.Test test() {
    Field field = field();
    FieldType type = typeOf(field);
    return switch (random.nextInt(5)) {
      case 0 -> new Condition.In(field, some(() -> value(type), 4));
      case 1 -> new Condition.IsNull(field);
      case 2 ->
          type == FieldType.KEYWORD
              ? new Condition.StartsWith(field, oneOf(TEXTS))
              : new Condition.Comparison(field, Operator.EQUAL, value(type));
      case 3 ->
          type.isOrdered()
              ? new Condition.Between(field, value(type), value(type))
              : new Condition.Comparison(field, Operator.NOT_EQUAL, value(type));
      default ->
          new Condition.Comparison(
              field,
              type.isOrdered() ? oneOf(List.of(Operator.values())) : Operator.EQUAL,
              value(type));
    };
  }

  private Field field() {
    return switch (random.nextInt(3)) {
      case 0 -> oneOf(List.of(SystemField.values()));
      case 1 -> new Field.Tag(oneOf(TEXTS));
      default -> {
        String name = oneOf(SampleAttributes.ALL.keySet().stream().sorted().toList());
        yield new Field.Attribute(name, SampleAttributes.ALL.getOrDefault(name, AttributeType.INT));
      }
    };
  }

  private static FieldType typeOf(Field field) {
    return switch (field) {
      case SystemField system -> system.type(system.names().getFirst());
      case Field.Attribute attribute -> FieldType.of(attribute.type());
      case Field.Tag tag -> FieldType.KEYWORD;
    };
  }

  private Value value(FieldType type) {
    return switch (type) {
      case KEYWORD, KEYWORD_LIST -> new Value.Text(oneOf(TEXTS));
      case WHOLE, DURATION, MILLISECONDS -> new Value.Whole(random.nextLong());
      case DECIMAL -> new Value.Decimal(random.nextGaussian() * 1e9);
      case BOOL -> oneOf(List.of(Value.Bool.values()));
      case TIME ->
          random.nextBoolean()
              ? new Value.Time(Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE)))
              : new Value.Now(Duration.ofMillis(random.nextInt()));
      case RUN_ID -> new Value.RunId(new UUID(random.nextLong(), random.nextLong()));
      case STATE -> new Value.State(oneOf(List.of(WorkflowState.values())));
    };
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private <T> List<T> some(Supplier<T> source, int maximum) {
    return IntStream.rangeClosed(0, random.nextInt(maximum)).mapToObj(i -> source.get()).toList();
  }
}

package io.odin.persistence.visibility.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.visibility.query.Condition.And;
import io.odin.persistence.visibility.query.Condition.Between;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.In;
import io.odin.persistence.visibility.query.Condition.IsNull;
import io.odin.persistence.visibility.query.Condition.Not;
import io.odin.persistence.visibility.query.Condition.Or;
import io.odin.persistence.visibility.query.Condition.StartsWith;
import io.odin.persistence.visibility.query.Value.Text;
import io.odin.persistence.visibility.query.Value.Whole;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query means: the tree that a backend renders. */
class VisibilityQueryTest {

  private static final Field TYPE = SystemField.WORKFLOW_TYPE;
  private static final Field REGION = new Field.Attribute("Region", AttributeType.KEYWORD);
  private static final Field PRIORITY = new Field.Attribute("Priority", AttributeType.INT);
  private static final Field LABELS = new Field.Attribute("Labels", AttributeType.KEYWORD_LIST);

  private static Condition bound(String text) {
    return VisibilityQuery.parse(text).bind(SampleAttributes.ALL).orElseThrow();
  }

  /** The value with which a comparison compares. */
  private static Value value(String comparison) {
    return ((Comparison) bound(comparison)).value();
  }

  private static Condition priority(long number) {
    return new Comparison(PRIORITY, Operator.EQUAL, new Whole(number));
  }

  private static Condition equal(Field field, String text) {
    return new Comparison(field, Operator.EQUAL, new Text(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n"})
  void blank_isEveryRun(String text) {
    assertThat(VisibilityQuery.parse(text)).isEqualTo(VisibilityQuery.all());
    assertThat(VisibilityQuery.parse(text).bind(SampleAttributes.ALL)).isEmpty();
    assertThat(VisibilityQuery.all().text()).isEmpty();
  }

  @Test
  void equality_isThatOfTheTexts() {
    VisibilityQuery query = VisibilityQuery.parse("Priority = 1");

    assertThat(query)
        .isEqualTo(VisibilityQuery.parse("Priority = 1"))
        .hasSameHashCodeAs(VisibilityQuery.parse("Priority = 1"))
        .isNotEqualTo(VisibilityQuery.parse("Priority = 2"))
        .hasToString("VisibilityQuery[Priority = 1]");
    assertThat(query.text()).isEqualTo("Priority = 1");
  }

  @ParameterizedTest
  @EnumSource
  void operator_isReadWithAndWithoutSpace(Operator operator) {
    Condition expected = new Comparison(PRIORITY, operator, new Whole(-5));

    assertThat(bound("Priority " + operator.symbol() + " -5")).isEqualTo(expected);
    assertThat(bound("Priority" + operator.symbol() + "-5")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void systemField_isKnownByEachOfItsNames(SystemField field) {
    for (String name : field.names()) {
      assertThat(bound(name + " IS NULL")).isEqualTo(new IsNull(field));
      assertThat(SystemField.named(name)).hasValue(field);
    }
  }

  @Test
  void systemField_comesBeforeAnAttributeOfItsName() {
    assertThat(
            VisibilityQuery.parse("`RunId` IS NULL").bind(Map.of("RunId", AttributeType.KEYWORD)))
        .hasValue(new IsNull(SystemField.RUN_ID));
  }

  @Test
  void fields_areSystemFieldsAttributesAndTags() {
    assertThat(bound("WorkflowType = 'a'")).isEqualTo(equal(TYPE, "a"));
    assertThat(bound("`WorkflowType` = 'a'")).isEqualTo(equal(TYPE, "a"));
    assertThat(bound("Region = 'a'")).isEqualTo(equal(REGION, "a"));
    assertThat(bound("`customer ``id``` = 'a'"))
        .isEqualTo(equal(new Field.Attribute("customer `id`", AttributeType.KEYWORD), "a"));
    assertThat(bound("Tag.`cost center` = 'a'"))
        .isEqualTo(equal(new Field.Tag("cost center"), "a"));
    assertThat(bound("Tag . `a``b'` = 'a'")).isEqualTo(equal(new Field.Tag("a`b'"), "a"));
  }

  @Test
  void reservedWords_areNamesWithinBackquotes() {
    assertThat(
            VisibilityQuery.parse("`AND` = 1 AND `Tag` = 2")
                .bind(Map.of("AND", AttributeType.INT, "Tag", AttributeType.INT)))
        .hasValue(
            new And(
                List.of(
                    new Comparison(
                        new Field.Attribute("AND", AttributeType.INT),
                        Operator.EQUAL,
                        new Whole(1)),
                    new Comparison(
                        new Field.Attribute("Tag", AttributeType.INT),
                        Operator.EQUAL,
                        new Whole(2)))));
  }

  @Test
  void keywords_areReadInAnyCase() {
    assertThat(bound("not (Priority in (1) and Paid = True) or CloseTime is null"))
        .isEqualTo(bound("NOT (Priority IN (1) AND Paid = TRUE) OR CloseTime IS NULL"));
    assertThat(bound("Priority Between 1 And 2")).isEqualTo(bound("Priority BETWEEN 1 AND 2"));
    assertThat(bound("Region Starts_With 'a' AND StartTime < NOW()"))
        .isEqualTo(bound("Region STARTS_WITH 'a' AND StartTime < now()"));
  }

  @Test
  void and_bindsTighterThanOr() {
    Condition expected =
        new Or(List.of(priority(1), new And(List.of(priority(2), priority(3))), priority(4)));

    assertThat(bound("Priority = 1 OR Priority = 2 AND Priority = 3 OR Priority = 4"))
        .isEqualTo(expected);
    assertThat(bound("Priority = 1 OR (Priority = 2 AND Priority = 3) OR Priority = 4"))
        .isEqualTo(expected);
    assertThat(bound("(Priority = 1 OR Priority = 2) AND (Priority = 3)"))
        .isEqualTo(new And(List.of(new Or(List.of(priority(1), priority(2))), priority(3))));
  }

  @Test
  void not_bindsTighterThanAnd() {
    Condition notOne = new Comparison(PRIORITY, Operator.NOT_EQUAL, new Whole(1));

    assertThat(bound("NOT Priority = 1 AND Priority = 2"))
        .isEqualTo(new And(List.of(notOne, priority(2))));
    assertThat(bound("Priority = 2 OR NOT (Priority = 1)"))
        .isEqualTo(new Or(List.of(priority(2), notOne)));
  }

  @Test
  void between_keepsItsOwnAnd() {
    assertThat(bound("Priority BETWEEN 1 AND 2 AND Priority = 3"))
        .isEqualTo(
            new And(List.of(new Between(PRIORITY, new Whole(1), new Whole(2)), priority(3))));
  }

  @Test
  void negation_isMovedToTheTests() {
    assertThat(bound("NOT (Priority < 1 AND (Region = 'a' OR NOT (Priority IS NULL)))"))
        .isEqualTo(
            new Or(
                List.of(
                    new Comparison(PRIORITY, Operator.GREATER_OR_EQUAL, new Whole(1)),
                    new And(
                        List.of(
                            new Comparison(REGION, Operator.NOT_EQUAL, new Text("a")),
                            new IsNull(PRIORITY))))));
  }

  @ParameterizedTest
  @EnumSource
  void negation_ofAnOperatorTwice_isTheOperator(Operator operator) {
    assertThat(operator.negated().negated()).isEqualTo(operator);
    assertThat(operator.negated()).isNotEqualTo(operator);
  }

  @Test
  void wordTests_areReadAndNegated() {
    Condition.Test in = new In(PRIORITY, List.of(new Whole(1), new Whole(2)));
    Condition.Test between = new Between(PRIORITY, new Whole(1), new Whole(2));
    Condition.Test isNull = new IsNull(PRIORITY);
    Condition.Test startsWith = new StartsWith(REGION, "a%");

    assertThat(bound("Priority IN (1, 2)")).isEqualTo(in);
    assertThat(bound("Priority NOT IN (1,2)")).isEqualTo(new Not(in));
    assertThat(bound("NOT Priority NOT IN (1, 2)")).isEqualTo(in);
    assertThat(bound("Priority BETWEEN 1 AND 2")).isEqualTo(between);
    assertThat(bound("Priority NOT BETWEEN 1 AND 2")).isEqualTo(new Not(between));
    assertThat(bound("Priority IS NULL")).isEqualTo(isNull);
    assertThat(bound("Priority IS NOT NULL")).isEqualTo(new Not(isNull));
    assertThat(bound("NOT Priority IS NULL")).isEqualTo(new Not(isNull));
    assertThat(bound("Region STARTS_WITH 'a%'")).isEqualTo(startsWith);
    assertThat(bound("Region NOT STARTS_WITH 'a%'")).isEqualTo(new Not(startsWith));
  }

  @Test
  void lists_areAskedForTheirElements() {
    assertThat(bound("Labels = 'a'")).isEqualTo(equal(LABELS, "a"));
    assertThat(bound("NOT Labels = 'a'"))
        .isEqualTo(new Comparison(LABELS, Operator.NOT_EQUAL, new Text("a")));
    assertThat(bound("Labels IN ('a', 'b') AND Labels IS NOT NULL"))
        .isEqualTo(
            new And(
                List.of(
                    new In(LABELS, List.of(new Text("a"), new Text("b"))),
                    new Not(new IsNull(LABELS)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BRAND AND CO",
        "a OR b",
        "NOT (IN)",
        "O'Brien \"x\"",
        "' OR 1=1 --",
        "'; DROP TABLE visibility_records; --",
        "? :name @variable \\ $1 % _ ; /* */ --",
        "a%b",
        "`quoted`",
        "''",
        "'",
        "",
        "line\nbreak\ttab",
        "注文 📦"
      })
  void text_isTakenLiterally(String text) {
    String quoted = "'" + text.replace("'", "''") + "'";

    assertThat(bound("WorkflowType = " + quoted)).isEqualTo(equal(TYPE, text));
    assertThat(bound("WorkflowType=" + quoted + "AND Priority = 1"))
        .isEqualTo(new And(List.of(equal(TYPE, text), priority(1))));
    assertThat(bound("Region STARTS_WITH " + quoted)).isEqualTo(new StartsWith(REGION, text));
    assertThat(bound("WorkflowType IN (" + quoted + "," + quoted + ")"))
        .isEqualTo(new In(TYPE, List.of(new Text(text), new Text(text))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "it's", "say \"hi\"", "\"", "\"\"", "a\\b", "\\", "`", "line\nbreak", "注文 📦"})
  void text_inDoubleQuotes_isTheSame(String text) {
    String quoted = '"' + text.replace("\"", "\"\"") + '"';

    assertThat(bound("WorkflowType = " + quoted)).isEqualTo(equal(TYPE, text));
    assertThat(bound("`WorkflowType`=" + quoted)).isEqualTo(equal(TYPE, text));
    assertThat(bound("Region STARTS_WITH " + quoted)).isEqualTo(new StartsWith(REGION, text));
  }

  @Test
  void unequal_hasTwoSymbols() {
    assertThat(bound("Priority <> 1")).isEqualTo(bound("Priority != 1"));
    assertThat(bound("Priority<>-1 AND Labels<>'a'"))
        .isEqualTo(bound("Priority != -1 AND Labels != 'a'"));
  }

  @Test
  void wholeNumbers_areComparedWithFractionsExactly() {
    Condition nothing = new Between(PRIORITY, new Whole(1), new Whole(0));

    assertThat(bound("Priority = 3.0")).isEqualTo(priority(3));
    assertThat(bound("Priority = 30e-1")).isEqualTo(priority(3));
    assertThat(bound("Priority != 3.")).isEqualTo(priority(3).negated());
    assertThat(bound("Priority = 3.5")).isEqualTo(nothing);
    assertThat(bound("Priority != 3.5")).isEqualTo(nothing.negated());
    assertThat(bound("Priority > 3.5")).isEqualTo(bound("Priority > 3"));
    assertThat(bound("Priority >= 3.5")).isEqualTo(bound("Priority > 3"));
    assertThat(bound("Priority < 3.5")).isEqualTo(bound("Priority <= 3"));
    assertThat(bound("Priority <= 3.5")).isEqualTo(bound("Priority <= 3"));
    assertThat(bound("Priority > -3.5")).isEqualTo(bound("Priority > -4"));
    assertThat(bound("NOT Priority > 3.5")).isEqualTo(bound("Priority <= 3"));
    assertThat(bound("Priority IN (1, 1.5, 2.0)")).isEqualTo(bound("Priority IN (1, 2)"));
    assertThat(bound("Priority IN (1.5)")).isEqualTo(nothing);
    assertThat(bound("Priority NOT IN (1.5)")).isEqualTo(nothing.negated());
    assertThat(bound("Priority BETWEEN 1.5 AND 3.5")).isEqualTo(bound("Priority BETWEEN 2 AND 3"));
    assertThat(bound("Priority BETWEEN -1.5 AND -0.5"))
        .isEqualTo(bound("Priority BETWEEN -1 AND -1"));
    assertThat(bound("Priority > 9007199254740992.5"))
        .isEqualTo(bound("Priority > 9007199254740992"));
    assertThat(bound("HistoryLength > 0.5")).isEqualTo(bound("HistoryLength > 0"));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-999999999, 0",
    "-1e-999999999, -1",
    "0e999999999, 0",
    "0e-999999999, 0",
    "0.9, 0",
    "-.1, -1",
    ".05, 0",
    "9223372036854775806.5, 9223372036854775806",
    "-9223372036854775807.5, -9223372036854775808"
  })
  void fraction_isRoundedWithoutItsZeros(String number, long below) {
    assertThat(value("Priority > " + number)).isEqualTo(new Whole(below));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "253402300800000000, 1978-01-11T21:31:40.8Z",
    "1772355600000000000, 2026-03-01T09:00:00Z",
    "1772355600123456789, 2026-03-01T09:00:00.123456Z",
    "9223372036854775807, 2262-04-11T23:47:16.854775Z"
  })
  void number_isAnInstantIfItCanBeNoOther(String number, Instant expected) {
    assertThat(value("StartTime >= " + number)).isEqualTo(new Value.Time(expected));
  }

  @Test
  void numbers_areReadOverTheirWholeRange() {
    assertThat(value("Priority = 9223372036854775807")).isEqualTo(new Whole(Long.MAX_VALUE));
    assertThat(value("Priority = -9223372036854775808")).isEqualTo(new Whole(Long.MIN_VALUE));
    assertThat(value("Priority = 007")).isEqualTo(new Whole(7));
    assertThat(value("HistoryLength = 0")).isEqualTo(new Whole(0));
    assertThat(value("Score = 1")).isEqualTo(new Value.Decimal(1));
    assertThat(value("Score = -0.25")).isEqualTo(new Value.Decimal(-0.25));
    assertThat(value("Score = +.25")).isEqualTo(new Value.Decimal(0.25));
    assertThat(value("Priority = +5")).isEqualTo(new Whole(5));
    assertThat(value("Score = 1.5e3")).isEqualTo(new Value.Decimal(1500));
    assertThat(value("Score = 1E-2")).isEqualTo(new Value.Decimal(0.01));
    assertThat(value("Paid = true")).isEqualTo(Value.Bool.TRUE);
    assertThat(value("Paid != false")).isEqualTo(Value.Bool.FALSE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T09:30:00Z, 2026-03-01T09:30:00Z",
    "2026-03-01T09:30:00.1234567Z, 2026-03-01T09:30:00.123456Z",
    "2026-03-01T10:30:00+01:00, 2026-03-01T09:30:00Z",
    "2026-03-01 09:30:00Z, 2026-03-01T09:30:00Z",
    "2026-03-01t09:30:00z, 2026-03-01T09:30:00Z",
    "2026-03-01T09:30:00-00:00, 2026-03-01T09:30:00Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
  })
  void instant_isTruncatedToMicroseconds(String text, Instant expected) {
    assertThat(value("StartTime >= '" + text + "'")).isEqualTo(new Value.Time(expected));
    assertThat(value("DueAt >= '" + text + "'")).isEqualTo(new Value.Time(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "now(), PT0S",
    "now() - 'P1DT2H', PT-26H",
    "now()-'36h', PT-36H",
    "now() + '90m', PT90M",
    "NOW ( ) + '2d', PT48H",
    "now() - '45s', PT-45S",
    "now() - 'PT0.5S', PT-0.5S",
    "now() - 36h, PT-36H",
    "now()-1h30m, PT-90M",
    "NOW()+2w, PT336H",
    "now() - '-1h', PT1H",
    "now() - '1.9us', PT-0.000001S",
    "now() - '999ns', PT0S",
    "now() - '36500d', PT-876000H"
  })
  void now_isAnOffset(String text, Duration offset) {
    assertThat(value("CloseTime < " + text)).isEqualTo(new Value.Now(offset));
  }

  @Test
  void duration_isMilliseconds() {
    assertThat(value("DurationMs > 1500")).isEqualTo(new Whole(1500));
    assertThat(value("ExecutionDuration > '36h'")).isEqualTo(new Whole(129_600_000));
    assertThat(value("ExecutionDuration > 36h")).isEqualTo(new Whole(129_600_000));
    assertThat(value("DurationMs > 'PT1.5S'")).isEqualTo(new Whole(1500));
    assertThat(value("ExecutionDuration > 0")).isEqualTo(new Whole(0));
    assertThat(value("ExecutionDuration > 0.0")).isEqualTo(new Whole(0));
    assertThat(bound("ExecutionDuration >= '1500001ns'"))
        .isEqualTo(bound("ExecutionDuration > '1ms'"));
    assertThat(bound("DurationMs < 1.5")).isEqualTo(bound("DurationMs <= 1"));
    assertThat(bound("ExecutionDuration = '1.5ms'"))
        .isEqualTo(new Between(SystemField.EXECUTION_DURATION, new Whole(1), new Whole(0)));
  }

  @Test
  void state_isAlsoReadAsTemporalsApiWritesIt() {
    assertThat(bound("Status = 'WORKFLOW_EXECUTION_STATUS_TIMED_OUT'"))
        .isEqualTo(bound("Status = 'timed_out'"));
    assertThat(bound("Status = 7")).isEqualTo(bound("Status = 'timed_out'"));
    assertThat(bound("Status IN (1, 6)"))
        .isEqualTo(bound("Status IN ('Running', 'ContinuedAsNew')"));
  }

  @Test
  void runId_isReadInAnyCase() {
    Value expected = new Value.RunId(UUID.fromString("0197a5b0-0000-7000-8000-00000000abcd"));

    assertThat(value("RunId = '0197a5b0-0000-7000-8000-00000000abcd'")).isEqualTo(expected);
    assertThat(value("ParentRunId = '0197A5B0-0000-7000-8000-00000000ABCD'")).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void state_isReadInAnyCase(WorkflowState state) {
    for (String name : List.of(state.value(), state.name(), state.name().replace("_", ""))) {
      assertThat(value("ExecutionStatus = '" + name + "'")).isEqualTo(new Value.State(state));
    }
    assertThat(bound("Status = 'TimedOut'")).isEqualTo(bound("ExecutionStatus = 'timed_out'"));
  }

  @Test
  void limits_areReached() {
    String deep = "(".repeat(16) + "Priority = 1" + ")".repeat(16);
    String many = String.join(" OR ", Collections.nCopies(64, "Priority = 1"));
    String values = "Priority IN (" + String.join(",", Collections.nCopies(256, "1")) + ")";
    String prefix = "Region = '";
    String longest = prefix + "é".repeat((8192 - prefix.length() - 2) / 2) + "x'";

    assertThat(bound(deep)).isEqualTo(priority(1));
    assertThat(((Or) bound(many)).alternatives()).hasSize(64);
    assertThat(((In) bound(values)).values()).hasSize(256);
    assertThat(((Comparison) bound(longest)).value()).isInstanceOf(Text.class);
  }
}

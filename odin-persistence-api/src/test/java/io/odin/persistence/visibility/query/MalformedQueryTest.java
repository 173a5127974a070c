package io.odin.persistence.visibility.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users read whose query is refused. */
class MalformedQueryTest {

  private static final String A_VALUE =
      "a value is expected: a text in quotes, a number, true, false or now()";
  private static final String A_TEST =
      "a comparison, \"IN\", \"BETWEEN\", \"IS\", \"STARTS_WITH\" or \"NOT\" is expected";
  private static final String A_FIELD = "the name of a field, \"(\" or \"NOT\" is expected";
  private static final String THE_END = "\"AND\", \"OR\" or the end is expected";
  private static final String A_DURATION =
      "a duration such as '36h', '1m30s' or 'P1DT2H', of at most 36500 days, is expected";
  private static final String A_UNIT =
      ": a number could be one of milliseconds or, as in Temporal, of nanoseconds; add the unit, or"
          + " ask for DurationMs";
  private static final String A_UNIT_OF_TIME =
      ": the number could be one of seconds, milliseconds, microseconds or nanoseconds";
  private static final String AN_OFFSET =
      ": add the time, if it is missing, and the offset from UTC, such as Z or +01:00";
  private static final String NOT_YET = "\"AND\", \"OR\" or \")\" is expected";
  private static final String NO_ESCAPE =
      ": the \"\\\" before the quote is no escape, a quote is doubled";
  private static final String AN_ORDER =
      "has \"ORDER BY\", which is no part of a query: give list a VisibilityOrder, which is"
          + " CLOSE_TIME, START_TIME or EXECUTION_TIME";
  private static final String GROUPS =
      "has \"GROUP BY\", which is no part of a query: give countBy a VisibilityGroup, which is"
          + " EXECUTION_STATUS, WORKFLOW_TYPE or TASK_QUEUE";
  private static final String A_LIMIT =
      "has \"LIMIT\", which is no part of a query: give list a PageRequest";
  private static final String AN_INSTANT =
      "now(), or an instant from 1970 to 9999 such as '2026-03-01T09:30:00Z', is expected, ";

  /** The query, with ^ before the place of its fault, and the reason. */
  private static Arguments refused(String query, String reason) {
    return Arguments.of(query, reason);
  }

  static Stream<Arguments> ungrammatical() {
    return Stream.of(
        refused("Priority = 1 ^ORDER BY StartTime", AN_ORDER),
        refused("^Order By StartTime", AN_ORDER),
        refused("(Priority = 1 ^order by StartTime)", AN_ORDER),
        refused("Priority = 1 ^GROUP BY Status", GROUPS),
        refused("^GROUP BY Status", GROUPS),
        refused("Priority = 1 ^LIMIT 10", A_LIMIT),
        refused("Region = ^Order", "has \"Order\" where " + A_VALUE),
        refused("Order ^1", "has \"1\" where " + A_TEST),
        refused("Priority = 1 ^Region = 'a'", "has \"Region\" where " + THE_END),
        refused("Priority = 1^; DROP TABLE x", "has \";\" where " + THE_END),
        refused("Priority = 1 ^-- all", "has \"-\" where " + THE_END),
        refused("Priority = 1^) OR Priority = 2", "has \")\" where " + THE_END),
        refused("Priority^", "ends where " + A_TEST),
        refused("Priority =^", "ends where " + A_VALUE),
        refused("Priority = ^= 1", "has \"=\" where " + A_VALUE),
        refused("Priority <> ^> 1", "has \">\" where " + A_VALUE),
        refused("Priority < ^> 1", "has \">\" where " + A_VALUE),
        refused("Priority ^! 1", "has \"!\" where " + A_TEST),
        refused("Priority ^LIKE 'a'", "has \"LIKE\" where " + A_TEST),
        refused("Priority ^1", "has \"1\" where " + A_TEST),
        refused("Region = ^\"a", "opens a quote that is not closed: close it with \""),
        refused("Region = ^\"a\"\"", "opens a quote that is not closed: close it with \""),
        refused("^\"Region\" = 'a'", "has \"Region\" where " + A_FIELD),
        refused("Region = \"a\"^\u201d", "has \"\u201d\" where " + THE_END),
        refused("Region = ^a", "has \"a\" where " + A_VALUE),
        refused("Region = ^`a`", "has \"`a`\" where " + A_VALUE),
        refused(
            "Region = ^NULL",
            "has \"NULL\" where a value is expected: ask for IS NULL or IS NOT NULL"),
        refused("Region = ^'a", "opens a quote that is not closed: close it with '"),
        refused("Region = ^'a''", "opens a quote that is not closed: close it with '"),
        refused("^`Region = 'a'", "opens a quote that is not closed: close it with `"),
        refused("Region = 'O'^Brien'", "has \"Brien\" where " + THE_END),
        refused("Region = 'O\\'^Brien'", "has \"Brien\" where " + THE_END + NO_ESCAPE),
        refused("(Region = \"a\\\"^b\\\"\")", "has \"b\" where " + NOT_YET + NO_ESCAPE),
        refused("^AND Priority = 1", "has \"AND\" where " + A_FIELD),
        refused("Priority = 1 AND^", "ends where " + A_FIELD),
        refused("Priority = 1 OR ^OR Priority = 2", "has \"OR\" where " + A_FIELD),
        refused("NOT ^NOT Priority = 1", "has \"NOT\" where " + A_FIELD),
        refused("^'a' = Region", "has 'a' where " + A_FIELD),
        refused("^1 = 1", "has \"1\" where " + A_FIELD),
        refused("(^)", "has \")\" where " + A_FIELD),
        refused("(Priority = 1^", "ends where " + NOT_YET),
        refused("Priority IN ^1", "has \"1\" where \"(\" is expected"),
        refused("Priority IN (^)", "has \")\" where " + A_VALUE),
        refused("Priority IN (1,^)", "has \")\" where " + A_VALUE),
        refused("Priority IN (1 ^2)", "has \"2\" where \",\" or \")\" is expected"),
        refused("Priority BETWEEN 1 ^OR 2", "has \"OR\" where \"AND\" is expected"),
        refused("Priority BETWEEN 1 AND^", "ends where " + A_VALUE),
        refused("Priority IS ^1", "has \"1\" where \"NULL\" or \"NOT\" is expected"),
        refused("Priority IS NOT ^1", "has \"1\" where \"NULL\" is expected"),
        refused(
            "Priority NOT ^= 1",
            "has \"=\" where \"IN\", \"BETWEEN\" or \"STARTS_WITH\" is expected"),
        refused("Region STARTS_WITH ^1", "has \"1\" where a text in quotes is expected"),
        refused("Tag.^a = 'a'", "has \"a\" where the key of a tag in `backquotes` is expected"),
        refused("Tag. ^= 'a'", "has \"=\" where the key of a tag in `backquotes` is expected"),
        refused("tag^.`a` = 'a'", "has \".\" where " + A_TEST),
        refused("StartTime > now^", "ends where \"(\" is expected"),
        refused("StartTime > now(^1)", "has \"1\" where \")\" is expected"),
        refused("StartTime > now() - ^36", "has \"36\" where " + A_DURATION),
        refused("StartTime > now() - ^36hours", "has \"36\" where " + A_DURATION),
        refused("StartTime > now() - ^36501d", "has \"36501d\" where " + A_DURATION),
        refused("StartTime > now() - ^true", "has \"true\" where " + A_DURATION),
        refused("StartTime > now() -^", "ends where " + A_DURATION),
        refused("StartTime > now() ^-36", "has \"-36\" where " + A_DURATION + " after + or -"),
        refused("StartTime > now()^+36", "has \"+36\" where " + A_DURATION + " after + or -"),
        refused("StartTime > now() - ^'soon'", "has 'soon' where " + A_DURATION),
        refused("StartTime > now() - ^'1h30'", "has '1h30' where " + A_DURATION),
        refused("StartTime > now() - ^'1h 30m'", "has '1h 30m' where " + A_DURATION),
        refused("StartTime > now() - ^'1H'", "has '1H' where " + A_DURATION),
        refused("StartTime > now() - ^'h'", "has 'h' where " + A_DURATION),
        refused("StartTime > now() - ^'.h'", "has '.h' where " + A_DURATION),
        refused("StartTime > now() - ^'-'", "has '-' where " + A_DURATION),
        refused("StartTime > now() - ^'--1h'", "has '--1h' where " + A_DURATION),
        refused("StartTime > now() - ^'60:60:00'", "has '60:60:00' where " + A_DURATION),
        refused("StartTime > now() - ^'1:30'", "has '1:30' where " + A_DURATION),
        refused("StartTime > now() - ^'36'", "has '36' where " + A_DURATION),
        refused("StartTime > now() - ^'PT-1H'", "has 'PT-1H' where " + A_DURATION),
        refused("StartTime > now() - ^'P1M'", "has 'P1M' where " + A_DURATION),
        refused("StartTime > now() - ^'36501d'", "has '36501d' where " + A_DURATION),
        refused(
            "StartTime > now() - ^'99999999999999999999d'",
            "has '99999999999999999999d' where " + A_DURATION),
        refused("StartTime > now() - ^''", "has '' where " + A_DURATION),
        refused("Priority = 1 ^🙂", "has \"🙂\" where " + THE_END),
        refused("Priority ^\u00a0= 1", "has \"\u00a0\" where " + A_TEST));
  }

  static Stream<Arguments> unbindable() {
    return Stream.of(
        refused(
            "^WorkflowTyp = 'a'",
            "names the unknown field \"WorkflowTyp\": did you mean WorkflowType?"),
        refused(
            "^workflowtype = 'a'",
            "names the unknown field \"workflowtype\": did you mean WorkflowType?"),
        refused("^Prioirty = 1", "names the unknown field \"Prioirty\": did you mean Priority?"),
        refused("^Stats = 'a'", "names the unknown field \"Stats\": did you mean Status?"),
        refused(
            "^Foo = 1",
            "names the unknown field \"Foo\": register it as a search attribute of the namespace"),
        refused(
            "Priority = 1 AND NOT (^`customer id` IS NULL)",
            "names the unknown field \"`customer id`\": did you mean `customer ``id```?"),
        refused(
            "Priority = ^'x'",
            "has 'x' where a number within 64 bits is expected, for the field Priority"),
        refused(
            "Priority IN (1, ^2s)",
            "has \"2s\" where a number within 64 bits is expected, for the field Priority"),
        refused(
            "Priority BETWEEN ^-9223372036854775808.5 AND 1",
            "has \"-9223372036854775808.5\" where a number within 64 bits is expected, for the"
                + " field Priority"),
        refused(
            "Priority > ^1e9999999999",
            "has \"1e9999999999\" where a number within 64 bits is expected, for the field"
                + " Priority"),
        refused(
            "Priority = ^9223372036854775808",
            "has \"9223372036854775808\" where a number within 64 bits is expected, for the field"
                + " Priority"),
        refused(
            "HistoryLength BETWEEN 1 AND ^true",
            "has \"true\" where a number within 64 bits is expected, for the field HistoryLength"),
        refused(
            "Score = ^'1'",
            "has '1' where a number that a double holds is expected, for the field Score"),
        refused(
            "Score = ^1e999",
            "has \"1e999\" where a number that a double holds is expected, for the field Score"),
        refused("Paid = ^1", "has \"1\" where true or false is expected, for the field Paid"),
        refused(
            "Region = ^1", "has \"1\" where a text in quotes is expected, for the field Region"),
        refused(
            "Labels IN (^true)",
            "has \"true\" where a text in quotes is expected, for the field Labels"),
        refused(
            "Tag.`a` = ^now()",
            "has \"now\" where a text in quotes is expected, for the field Tag.`a`"),
        refused(
            "StartTime > ^'yesterday'",
            "has 'yesterday' where " + AN_INSTANT + "for the field StartTime"),
        refused(
            "DueAt > ^'2026-03-01T09:30:00'",
            "has '2026-03-01T09:30:00' where " + AN_INSTANT + "for the field DueAt" + AN_OFFSET),
        refused(
            "DueAt > ^'2026-03-01 09:30:00.5'",
            "has '2026-03-01 09:30:00.5' where " + AN_INSTANT + "for the field DueAt" + AN_OFFSET),
        refused(
            "DueAt > ^'2026-03-01'",
            "has '2026-03-01' where " + AN_INSTANT + "for the field DueAt" + AN_OFFSET),
        refused(
            "DueAt > ^'2026-03-99'",
            "has '2026-03-99' where " + AN_INSTANT + "for the field DueAt"),
        refused(
            "DueAt > ^'1969-12-31T23:59:59Z'",
            "has '1969-12-31T23:59:59Z' where " + AN_INSTANT + "for the field DueAt"),
        refused(
            "DueAt > ^1772357400",
            "has \"1772357400\" where " + AN_INSTANT + "for the field DueAt" + A_UNIT_OF_TIME),
        refused(
            "DueAt > ^253402300799999999",
            "has \"253402300799999999\" where "
                + AN_INSTANT
                + "for the field DueAt"
                + A_UNIT_OF_TIME),
        refused(
            "DueAt > ^9223372036854775808",
            "has \"9223372036854775808\" where "
                + AN_INSTANT
                + "for the field DueAt"
                + A_UNIT_OF_TIME),
        refused("DueAt > ^1e18", "has \"1e18\" where " + AN_INSTANT + "for the field DueAt"),
        refused(
            "RunId = ^'1-2-3-4-5'",
            "has '1-2-3-4-5' where a run id in quotes, which is a UUID, is expected, for the field"
                + " RunId"),
        refused(
            "Status = ^'Done'",
            "has 'Done' where one of 'running', 'completed', 'failed', 'canceled', 'terminated',"
                + " 'continued_as_new', 'timed_out', is expected, for the field Status"),
        refused(
            "ExecutionDuration > ^'long'",
            "has 'long' where " + A_DURATION + ", for the field ExecutionDuration"),
        refused(
            "ExecutionDuration > ^1.5",
            "has \"1.5\" where " + A_DURATION + ", for the field ExecutionDuration" + A_UNIT),
        refused(
            "ExecutionDuration IN (0, ^90000)",
            "has \"90000\" where " + A_DURATION + ", for the field ExecutionDuration" + A_UNIT),
        refused(
            "ExecutionDuration = ^'90000'",
            "has '90000' where " + A_DURATION + ", for the field ExecutionDuration" + A_UNIT),
        refused(
            "DurationMs > ^now()",
            "has \"now\" where a number of milliseconds, or "
                + A_DURATION
                + ", for the field DurationMs"),
        refused(
            "Paid ^< true",
            "asks by \"<\" for an order, which Paid has not: ask for =, !=, IN or IS NULL"),
        refused(
            "Labels ^>= 'a'",
            "asks by \">=\" for an order, which Labels has not: ask for =, !=, IN or IS NULL"),
        refused(
            "Status NOT ^BETWEEN 'running' AND 'failed'",
            "asks by \"BETWEEN\" for an order, which Status has not: ask for =, !=, IN or IS NULL"),
        refused(
            "Priority ^STARTS_WITH '1'",
            "asks by \"STARTS_WITH\" for a prefix, which only keywords and tags have: Priority is"
                + " neither"),
        refused(
            "Labels NOT ^starts_with 'a'",
            "asks by \"starts_with\" for a prefix, which only keywords and tags have: Labels is"
                + " neither"));
  }

  static Stream<Arguments> overALimit() {
    String test = "Priority = 1";
    return Stream.of(
        refused("(".repeat(16) + "^(", "is nested deeper than 16 parentheses"),
        refused((test + " OR ").repeat(64) + "^" + test, "has more than 64 tests"),
        refused("Priority IN (" + "1,".repeat(256) + "^1)", "has more than 256 values in an IN"),
        refused(
            "Region = ^'" + "x".repeat(100), "opens a quote that is not closed: close it with '"),
        refused(
            "^" + "x".repeat(100) + " = 1",
            "names the unknown field \""
                + "x".repeat(39)
                + "...: register it as a search attribute of the namespace"));
  }

  private static InvalidRequestException refusalOf(String query) {
    return (InvalidRequestException)
        catchThrowable(() -> VisibilityQuery.parse(query).bind(SampleAttributes.ALL));
  }

  @ParameterizedTest
  @MethodSource({"ungrammatical", "unbindable", "overALimit"})
  void query_isRefusedAtItsFault(String marked, String reason) {
    int position = marked.indexOf('^');
    InvalidRequestException refusal =
        refusalOf(marked.substring(0, position) + marked.substring(position + 1));

    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.position()).as(refusal.getMessage()).hasValue(position);
    assertThat(refusal.field()).isEqualTo("query");
  }

  @ParameterizedTest
  @MethodSource("ungrammatical")
  void grammar_isCheckedWithoutAttributes(String marked, String reason) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> VisibilityQuery.parse(marked.replace("^", "")))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @MethodSource("unbindable")
  void fieldsAndTypes_waitForTheAttributes(String marked, String reason) {
    VisibilityQuery query = VisibilityQuery.parse(marked.replace("^", ""));

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> query.bind(SampleAttributes.ALL))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
  }

  @Test
  void message_isASentenceWithItsPlace() {
    assertThat(refusalOf("Priority = 1 SORT BY StartTime"))
        .hasMessage(
            "query has \"SORT\" where \"AND\", \"OR\" or the end is expected (at position 13)");
  }

  @Test
  void clauses_nameAllThatTheirParametersAllow() {
    assertThat(AN_ORDER)
        .contains(Stream.of(VisibilityOrder.values()).map(VisibilityOrder::name).toList());
    assertThat(GROUPS)
        .contains(Stream.of(VisibilityGroup.values()).map(VisibilityGroup::name).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "NOT ",
        "NOT(",
        "a=1 AND(",
        "`",
        "'",
        "\"",
        "-",
        "-1h",
        "1h",
        "1.",
        "now()",
        "((a=1)OR"
      })
  void query_ofEightKilobytes_exhaustsNothing(String part) {
    String longest = part.repeat(8192 / part.length());

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> VisibilityQuery.parse(longest));
  }

  @Test
  void query_thatIsTooLong_isRefused() {
    String inCharacters = "Region = '" + "x".repeat(8192) + "'";
    String inBytes = "Region = '" + "é".repeat(4096) + "'";

    assertThat(refusalOf(inCharacters).reason())
        .isEqualTo("has 8203 characters: at most 8192 are allowed");
    assertThat(refusalOf(inBytes).reason())
        .isEqualTo("has 8203 bytes in UTF-8: at most 8192 are allowed");
  }

  @Test
  void query_thatNoBackendCouldSend_isRefused() {
    assertThat(refusalOf("Region = '\0'").position()).hasValue(10);
    assertThat(refusalOf("Region = '\ud800'").position()).hasValue(10);
  }

  @SuppressWarnings("NullAway") // What the annotations forbid is what is tried.
  @Test
  void null_isRefused() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> VisibilityQuery.parse(null))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("query"));
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> VisibilityQuery.all().bind(null))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("attributes"));
  }

  @Test
  void unknownField_withoutAnyAttribute_isStillCompared() {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> VisibilityQuery.parse("Runid = 'a'").bind(Map.of()))
        .satisfies(refusal -> assertThat(refusal.position()).hasValue(0))
        .withMessageContaining("did you mean RunId?");
  }
}

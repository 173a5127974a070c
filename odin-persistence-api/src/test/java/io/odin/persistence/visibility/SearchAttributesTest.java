package io.odin.persistence.visibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchAttributesTest {

  private static final Instant AT = Instant.parse("2026-11-01T12:00:00.1234567Z");

  private static SearchAttributes all() {
    return SearchAttributes.builder()
        .keyword("k", "a \"quoted\" \\ 注文 \n\u0001")
        .keywordList("l", List.of("b", "a"))
        .integer("i", Long.MIN_VALUE)
        .decimal("d", 1.5e-300)
        .isFalse("b")
        .datetime("t", AT)
        .build();
  }

  @Test
  void json_isReadBackEqual() {
    SearchAttributes read = SearchAttributes.of(Json.of(all().json().text()));

    assertThat(read).isEqualTo(all()).hasSameHashCodeAs(all());
    assertThat(read.names()).containsExactly("b", "d", "i", "k", "l", "t");
    assertThat(read.keyword("k")).contains("a \"quoted\" \\ 注文 \n\u0001");
    assertThat(read.keywordList("l")).containsExactly("b", "a");
    assertThat(read.integer("i")).hasValue(Long.MIN_VALUE);
    assertThat(read.decimal("d")).hasValue(1.5e-300);
    assertThat(read.bool("b")).contains(false);
    assertThat(read.datetime("t")).contains(Instant.parse("2026-11-01T12:00:00.123456Z"));
    assertThat(read.toBuilder().build()).isEqualTo(all());
  }

  @Test
  void json_holdsInstantsWhoseOrderIsThatOfTheirTexts() {
    assertThat(SearchAttributes.builder().datetime("t", Instant.EPOCH).build().json().text())
        .isEqualTo("{\"t\":\"1970-01-01T00:00:00.000000Z\"}");
  }

  @Test
  void accessors_ofWhatIsMissingOrOfAnotherType_areEmpty() {
    assertThat(all().keyword("x")).isEmpty();
    assertThat(all().keyword("i")).isEmpty();
    assertThat(all().keywordList("k")).isEmpty();
    assertThat(all().integer("d")).isEmpty();
    assertThat(all().decimal("k")).isEmpty();
    assertThat(all().bool("k")).isEmpty();
    assertThat(all().datetime("k")).isEmpty();
  }

  @Test
  void numbers_thatAreEqual_areEqualAttributes() {
    SearchAttributes decimal = SearchAttributes.builder().decimal("n", 2.0).build();

    assertThat(decimal).isEqualTo(SearchAttributes.builder().integer("n", 2).build());
    assertThat(decimal.decimal("n")).hasValue(2.0);
    for (double number : new double[] {0.1, -0.0, 1e300, -1e19, 9.3e18, 45035996273704.5}) {
      SearchAttributes written = SearchAttributes.builder().decimal("n", number).build();
      assertThat(SearchAttributes.of(written.json()).decimal("n").orElseThrow() == number)
          .as("%s", number)
          .isTrue();
    }
  }

  @Test
  void emptyList_isNoValue() {
    assertThat(all().toBuilder().keywordList("l", List.of()).build().names()).doesNotContain("l");
    assertThat(SearchAttributes.of(Json.of("{\"l\":[]}"))).isEqualTo(SearchAttributes.none());
    assertThat(SearchAttributes.none().json()).isEqualTo(Json.emptyObject());
  }

  @Test
  void documents_asOthersWriteThem_areReadAlike() {
    SearchAttributes read =
        SearchAttributes.of(
            Json.of(
                """
                \t{ "l" : [ "\\u0062" , "\\/" ] ,
                  "i": 1.20e1 , "d" :-5E-1, "b":true ,"none" : [ ] , "o" : { "x" : [ 1 , { } ] } } \
                """));

    assertThat(read)
        .isEqualTo(
            SearchAttributes.builder()
                .keywordList("l", List.of("b", "/"))
                .integer("i", 12)
                .decimal("d", -0.5)
                .isTrue("b")
                .build());
  }

  @Test
  void documents_ofOthers_areReadAsFarAsTheyAreAttributes() {
    SearchAttributes read =
        SearchAttributes.of(
            Json.of(
                """
                {"o":{"a":[1,{"b":"}"}],"c":"]"},"n":null,"m":["a",1],"k":"v","deep":[["x"]],"e":{}}\
                """));

    assertThat(read).isEqualTo(SearchAttributes.builder().keyword("k", "v").build());
    assertThat(SearchAttributes.of(Json.of("[1]"))).isEqualTo(SearchAttributes.none());
    assertThat(SearchAttributes.of(Json.of("3"))).isEqualTo(SearchAttributes.none());
  }

  @Test
  void texts_ofMoreThan255Characters_areRefusedHoweverTheyAreMade() {
    String longest = "\uD83D\uDE00".repeat(255);

    SearchAttributes built =
        SearchAttributes.builder().keyword("k", longest).keywordList("l", List.of(longest)).build();
    assertThat(SearchAttributes.of(built.json())).isEqualTo(built);
    for (String document :
        List.of(
            "{\"k\":\"" + longest + "x\"}",
            "{\"l\":[\"a\",\"" + longest + "x\"]}",
            "{\"" + longest + "x\":1}")) {
      Json json = Json.of(document);
      assertThatExceptionOfType(InvalidRequestException.class)
          .isThrownBy(() -> SearchAttributes.of(json))
          .withMessageContaining("at most 255");
      assertThat(SearchAttributes.stored(json)).isEqualTo(SearchAttributes.none());
    }
  }

  @Test
  void check_takesValuesOfTheirTypes() {
    all()
        .check(
            Map.of(
                "k", AttributeType.KEYWORD,
                "l", AttributeType.KEYWORD_LIST,
                "i", AttributeType.INT,
                "d", AttributeType.DOUBLE,
                "b", AttributeType.BOOL,
                "t", AttributeType.DATETIME));
    SearchAttributes.builder().integer("d", 3).build().check(Map.of("d", AttributeType.DOUBLE));
  }

  @Test
  void check_refusesWhatIsUnknownOrOfAnotherType() {
    for (String name : all().names()) {
      for (AttributeType type : AttributeType.values()) {
        SearchAttributes one = only(name);
        boolean fits =
            switch (type) {
              case KEYWORD -> name.equals("k") || name.equals("t");
              case KEYWORD_LIST -> name.equals("l");
              case INT -> name.equals("i");
              case DOUBLE -> name.equals("d") || name.equals("i");
              case BOOL -> name.equals("b");
              case DATETIME -> name.equals("t");
            };
        if (!fits) {
          assertThatExceptionOfType(InvalidRequestException.class)
              .as("%s as %s", name, type)
              .isThrownBy(() -> one.check(Map.of(name, type)))
              .withMessageContaining(name);
        }
      }
    }
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> all().check(Map.of()));
  }

  @Test
  void check_refusesADayThatNoMonthHas() {
    SearchAttributes day =
        SearchAttributes.builder().keyword("t", "2026-02-30T00:00:00.000000Z").build();

    assertThat(day.datetime("t")).isEmpty();
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> day.check(Map.of("t", AttributeType.DATETIME)));
  }

  private static SearchAttributes only(String name) {
    SearchAttributes.Builder one = all().toBuilder();
    all().names().stream().filter(other -> !other.equals(name)).forEach(one::remove);
    return one.build();
  }

  @Test
  void builder_refusesWhatCannotBeStored() {
    SearchAttributes.Builder builder = SearchAttributes.builder();
    for (Runnable refused :
        List.<Runnable>of(
            () -> builder.keyword("", "v"),
            () -> builder.keyword("k", "v".repeat(256)),
            () -> builder.keyword("k", "\0"),
            () -> builder.keywordList("k", List.of("\ud800")),
            () -> builder.decimal("d", Double.NaN),
            () -> builder.datetime("t", Instant.MIN))) {
      assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(refused::run);
    }
  }
}

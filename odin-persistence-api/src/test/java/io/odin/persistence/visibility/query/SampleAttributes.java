package io.odin.persistence.visibility.query;

import java.util.Map;

/** A namespace with an attribute of each type, and one whose name needs quotes. */
final class SampleAttributes {

  static final Map<String, AttributeType> ALL =
      Map.of(
          "Region", AttributeType.KEYWORD,
          "Labels", AttributeType.KEYWORD_LIST,
          "Priority", AttributeType.INT,
          "Score", AttributeType.DOUBLE,
          "Paid", AttributeType.BOOL,
          "DueAt", AttributeType.DATETIME,
          "customer `id`", AttributeType.KEYWORD);

  private SampleAttributes() {}
}

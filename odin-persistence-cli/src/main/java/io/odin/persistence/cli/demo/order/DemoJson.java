package io.odin.persistence.cli.demo.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;

/** Converts between Jackson's trees and the JSON values of the API. */
public final class DemoJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DemoJson() {}

  /** An object without members. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The value of a tree. */
  public static Json write(JsonNode tree) {
    return Json.of(tree.toString());
  }

  /** The tree of a value. */
  public static JsonNode read(Payload document) {
    try {
      return MAPPER.readTree(document.asJson().text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database returned something that is not JSON", e);
    }
  }
}

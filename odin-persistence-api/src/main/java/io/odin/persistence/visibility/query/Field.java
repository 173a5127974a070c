package io.odin.persistence.visibility.query;

import io.odin.persistence.internal.Require;

/** A field of a query. Immutable. */
public sealed interface Field permits SystemField, Field.Attribute, Field.Tag {

  /**
   * A search attribute that the namespace has registered.
   *
   * @param name its name
   * @param type its registered type
   */
  record Attribute(String name, AttributeType type) implements Field {

    /** Refuses null. */
    public Attribute {
      Require.nonNull("name", name);
      Require.nonNull("type", type);
    }
  }

  /**
   * The value of a tag; missing for a run without it.
   *
   * @param key the tag's key
   */
  record Tag(String key) implements Field {

    /** Refuses null. */
    public Tag {
      Require.nonNull("key", key);
    }
  }
}

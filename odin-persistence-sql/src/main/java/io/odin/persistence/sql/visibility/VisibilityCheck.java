package io.odin.persistence.sql.visibility;

import io.odin.persistence.Limits;
import io.odin.persistence.internal.Payloads;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;

/** Refuses visibility records and tags that cannot be stored, before any write. Thread-safe. */
public final class VisibilityCheck {

  private final Limits limits;
  private final Payloads payloads;
  private final AttributeRegistry attributes;

  VisibilityCheck(Limits limits, AttributeRegistry attributes) {
    this.limits = limits;
    payloads = new Payloads(limits);
    this.attributes = attributes;
  }

  /**
   * Refuses a record that is too large, or has search attributes that are not registered.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming what is wrong
   */
  public void check(VisibilityRecord record) {
    payloads.check(record.memo());
    SearchAttributes values = record.searchAttributes();
    payloads.check(values.json());
    if (!values.names().isEmpty()) {
      attributes.judge(
          record.run().namespace(),
          registered -> {
            values.check(registered);
            return values;
          });
    }
  }

  /**
   * Refuses tags that are too many or too long.
   *
   * @throws io.odin.persistence.error.LimitExceededException naming the limit
   */
  public void check(Tags tags) {
    Limits.check("tags", tags.values().size(), limits.tags());
    tags.values()
        .forEach(
            (key, value) -> {
              Limits.check("tagKeyLength", length(key), limits.tagKeyLength());
              Limits.check("tagValueLength", length(value), limits.tagValueLength());
            });
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

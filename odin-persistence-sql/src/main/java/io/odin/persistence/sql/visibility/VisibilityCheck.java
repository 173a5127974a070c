package io.odin.persistence.sql.visibility;

import io.odin.persistence.Limits;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import java.util.List;

/** Refuses visibility records and tags that cannot be stored, before any write. Thread-safe. */
public final class VisibilityCheck {

  private final Limits limits;
  private final Payloads payloads;
  private final AttributeRegistry attributes;
  private final Database database;
  private final VisibilityCommit commit;

  VisibilityCheck(
      Limits limits, AttributeRegistry attributes, Database database, VisibilityCommit commit) {
    this.limits = limits;
    payloads = new Payloads(limits);
    this.attributes = attributes;
    this.database = database;
    this.commit = commit;
  }

  /**
   * Refuses a record that is too large, or has search attributes that are not registered. What is
   * stored of some runs is taken back with the same value, even if its attribute was removed or
   * registered with another type since.
   *
   * @param runs the run of the record, and those from which it may have attributes
   * @throws io.odin.persistence.error.InvalidRequestException naming what is wrong
   */
  public void check(VisibilityRecord record, List<RunKey> runs) {
    SearchAttributes values = record.searchAttributes();
    payloads.check("memo", record.memo());
    payloads.check("searchAttributes", values.json());
    requireRegisteredOrStored(record.run().namespace(), values, runs);
  }

  private void requireRegisteredOrStored(
      NamespaceId namespace, SearchAttributes values, List<RunKey> runs) {
    try {
      requireRegistered(namespace, values);
    } catch (InvalidRequestException e) {
      SearchAttributes added = withoutStored(values, runs);
      if (added.equals(values)) {
        throw e;
      }
      requireRegistered(namespace, added);
    }
  }

  /**
   * Refuses attributes that are not registered, or with another type.
   *
   * @throws InvalidRequestException naming the attribute
   */
  public void requireRegistered(NamespaceId namespace, SearchAttributes values) {
    if (values.names().isEmpty()) {
      return;
    }
    attributes.judge(
        namespace,
        registered -> {
          values.check(registered);
          return values;
        });
  }

  private SearchAttributes withoutStored(SearchAttributes values, List<RunKey> runs) {
    SearchAttributes rest = values;
    for (RunKey run : runs) {
      SearchAttributes stored =
          database
              .read("visibility.find", session -> commit.find(session, run))
              .map(VisibilityRecord::searchAttributes)
              .orElse(SearchAttributes.none());
      rest = rest.without(stored);
    }
    return rest;
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
              Limits.check("tag " + key, "tagValueLength", length(value), limits.tagValueLength());
            });
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

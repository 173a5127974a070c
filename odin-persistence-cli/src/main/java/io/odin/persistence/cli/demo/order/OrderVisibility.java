package io.odin.persistence.cli.demo.order;

import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.query.AttributeType;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The visibility records, search attributes and tags of orders. */
public final class OrderVisibility {

  /** The tag of the runs that a customer has expedited. */
  public static final Tags EXPEDITED_TAG = Tags.of(Map.of("expedited", "yes"));

  private static final String CUSTOMER = "CustomerId";
  private static final String AMOUNT = "Amount";
  private static final String ITEMS = "Items";
  private static final String EXPEDITED = "Expedited";

  private OrderVisibility() {}

  /** Registers the search attributes of orders in a namespace. */
  public static void register(VisibilityStore visibility, NamespaceId namespace) {
    visibility.registerAttribute(namespace, CUSTOMER, AttributeType.KEYWORD);
    visibility.registerAttribute(namespace, AMOUNT, AttributeType.DOUBLE);
    visibility.registerAttribute(namespace, ITEMS, AttributeType.KEYWORD_LIST);
    visibility.registerAttribute(namespace, EXPEDITED, AttributeType.BOOL);
  }

  /** The attributes of an order that is not expedited. */
  public static SearchAttributes attributes(Order order) {
    return SearchAttributes.builder()
        .keyword(CUSTOMER, order.customer())
        .decimal(AMOUNT, order.amount())
        .keywordList(ITEMS, order.articles())
        .isFalse(EXPEDITED)
        .build();
  }

  /** The attributes of an order that is expedited. */
  public static SearchAttributes expedited(SearchAttributes attributes) {
    return attributes.toBuilder().isTrue(EXPEDITED).build();
  }

  /** The tags of an order that is not expedited. */
  public static Tags tags(Order order) {
    return Tags.of(Map.of("kind", order.kind().name().toLowerCase(Locale.ROOT)));
  }

  /** The tags of an order that is expedited. */
  public static Tags expeditedTags(Order order) {
    Map<String, String> tags = new TreeMap<>(tags(order).values());
    tags.putAll(EXPEDITED_TAG.values());
    return Tags.of(tags);
  }

  /**
   * The visibility record of a run.
   *
   * @param state as the commit that writes the record leaves it
   * @param events how many events the run has then
   * @param version the version of the run then
   */
  public static VisibilityRecord record(
      RunKey run, RunDefinition definition, RunState state, long events, long version) {
    VisibilityRecord.Builder record =
        VisibilityRecord.builder(
                run, definition.workflowType(), definition.taskQueue(), definition.startedAt())
            .historyLength(events)
            .stateTransitionCount(version)
            .memo(state.memo())
            .searchAttributes(SearchAttributes.of(state.searchAttributes()));
    state.completedAt().ifPresent(end -> record.closed(state.state(), end));
    return record.build();
  }
}

package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.visibility.AttributeType;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityWrite;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Registering search attributes, and refusing unregistered and mistyped ones. */
public abstract class SearchAttributesTck extends AbstractVisibilityTck {

  /** For backends. */
  protected SearchAttributesTck() {}

  @Test
  @Scenario("VI-28")
  void registerAttribute_again_changesNothing_andUnderAnotherTypeIsRefused() {
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    store().registerAttribute(namespace(), "region", AttributeType.INT);

    AlreadyExistsException taken =
        thrownBy(
            AlreadyExistsException.class,
            () -> store().registerAttribute(namespace(), "Region", AttributeType.BOOL));

    assertThat(taken.existing(AttributeType.class)).isEqualTo(AttributeType.KEYWORD);
    assertThat(store().attributes(namespace()))
        .containsExactly(
            Map.entry("Region", AttributeType.KEYWORD), Map.entry("region", AttributeType.INT));
    assertThat(store().attributes(newNamespace())).isEmpty();
    thrownBy(
        InvalidRequestException.class,
        () -> store().registerAttribute(namespace(), "Status", AttributeType.KEYWORD));
  }

  @Test
  @Scenario("VI-28")
  void removedAttribute_isRefused_untilItIsRegisteredAgain() {
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    RunKey run = newRun();
    VisibilityRecord record =
        Samples.visibility(run)
            .searchAttributes(SearchAttributes.builder().keyword("Region", "eu").build())
            .build();
    store().upsert(record, 1);

    store().removeAttribute(namespace(), "Region");
    store().removeAttribute(namespace(), "Region");

    assertThat(store().attributes(namespace())).isEmpty();
    thrownBy(InvalidRequestException.class, () -> store().upsert(record, 2));
    assertThat(store().find(run)).contains(record);
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    assertThat(store().upsert(record, 2)).isEqualTo(VisibilityWrite.APPLIED);
  }

  @Test
  @Scenario("VI-28")
  void attribute_thatAnotherProcessRegisters_isAcceptedAtOnce() {
    RunKey run = newRun();
    VisibilityRecord record =
        Samples.visibility(run)
            .searchAttributes(SearchAttributes.builder().keyword("Region", "eu").build())
            .build();
    thrownBy(InvalidRequestException.class, () -> store().upsert(record, 1));

    reopened(settings -> settings)
        .visibility()
        .registerAttribute(namespace(), "Region", AttributeType.KEYWORD);

    assertThat(store().upsert(record, 1)).isEqualTo(VisibilityWrite.APPLIED);
  }

  @Test
  @Scenario("VI-22")
  void upsert_ofUnknownOrMistypedAttributes_writesNothing() {
    registerSampleAttributes(namespace());
    RunKey run = newRun();
    store().upsert(open(run), 1);

    for (SearchAttributes wrong :
        List.of(
            SearchAttributes.builder().keyword("Amount", "x").build(),
            SearchAttributes.builder().decimal("Amount", 1.5).build(),
            SearchAttributes.builder().keyword("Due", "tomorrow").build(),
            SearchAttributes.builder().keyword("Unregistered", "value").build())) {
      VisibilityRecord record = Samples.visibility(run).searchAttributes(wrong).build();
      InvalidRequestException refused =
          thrownBy(InvalidRequestException.class, () -> store().upsert(record, 2));
      assertThat(refused.field()).isEqualTo("searchAttributes");
      assertThat(refused.reason()).contains(wrong.names().iterator().next());
    }

    assertThat(store().find(run)).contains(open(run));
  }

  @Test
  @Scenario("VI-22")
  void commit_withUnknownOrMistypedAttributes_writesNothing() {
    registerSampleAttributes(namespace());
    RunKey run = startedRun();
    Map<String, Long> before = database().rowCounts(namespace());

    for (SearchAttributes wrong :
        List.of(
            SearchAttributes.builder().keyword("Amount", "x").build(),
            SearchAttributes.builder().keyword("Unregistered", "value").build())) {
      VisibilityRecord record = Samples.visibility(run).searchAttributes(wrong).build();
      thrownBy(
          InvalidRequestException.class,
          () -> commit(Samples.update(run, 1).event(Samples.event(2)).visibility(record).build()));
    }

    assertThat(database().rowCounts(namespace())).isEqualTo(before);
    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(1);
  }
}

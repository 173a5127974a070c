package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityWrite;
import io.odin.persistence.visibility.query.AttributeType;
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
    VisibilityRecord another = withRegion(newRun(), "eu");
    thrownBy(InvalidRequestException.class, () -> store().upsert(another, 2));
    assertThat(store().find(run)).contains(record);
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    assertThat(store().upsert(another, 2)).isEqualTo(VisibilityWrite.APPLIED);
  }

  private static VisibilityRecord withRegion(RunKey run, String region) {
    return Samples.visibility(run)
        .searchAttributes(SearchAttributes.builder().keyword("Region", region).build())
        .build();
  }

  /** An engine that works on what it has loaded is not stopped by a change of the registry. */
  @Test
  @Scenario("VI-31")
  void valueThatIsStored_isTakenBack_afterItsAttributeWasRemovedOrRetyped() {
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).visibility(withRegion(run, "eu")).build());
    store().removeAttribute(namespace(), "Region");

    assertTakenBack(run, 1);
    store().registerAttribute(namespace(), "Region", AttributeType.INT);
    assertTakenBack(run, 3);
  }

  private void assertTakenBack(RunKey run, long version) {
    VisibilityRecord loaded = store().find(run).orElseThrow();
    commit(Samples.update(run, version).visibility(loaded).build());
    assertThat(store().upsert(loaded, version + 2)).isEqualTo(VisibilityWrite.APPLIED);
    assertThat(store().find(run)).contains(loaded);
    commit(Samples.update(run, version + 1).build());
    InvalidRequestException refused =
        thrownBy(
            InvalidRequestException.class,
            () ->
                commit(Samples.update(run, version + 2).visibility(withRegion(run, "us")).build()));
    assertThat(refused.field()).isEqualTo("searchAttributes");
  }

  @Test
  @Scenario("VI-31")
  void valueThatIsStored_isTakenOverByTheNextRun() {
    store().registerAttribute(namespace(), "Region", AttributeType.KEYWORD);
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).visibility(withRegion(run, "eu")).build());
    store().removeAttribute(namespace(), "Region");
    RunKey next = RunKey.create(run.namespace(), run.workflowId());

    commit(
        Samples.close(run, 1, WorkflowState.CONTINUED_AS_NEW),
        Samples.create(next, CreateMode.replaceClosed(run.runId()))
            .visibility(withRegion(next, "eu"))
            .build());

    assertThat(store().find(next)).contains(withRegion(next, "eu"));
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

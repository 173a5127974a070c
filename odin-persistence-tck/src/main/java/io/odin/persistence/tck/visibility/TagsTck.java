package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.visibility.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tags of a run. */
public abstract class TagsTck extends AbstractVisibilityTck {

  private static final int DELETE_RACES = 50;

  /** For backends. */
  protected TagsTck() {}

  @Test
  @Scenario({"VI-12", "EX-29"})
  void setTags_whileTheRunIsDeleted_leavesNone() {
    ShardLease lease = acquired(newShard(), "A", LONG);
    for (int round = 0; round < DELETE_RACES; round++) {
      RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
      CreateRun ended =
          Samples.createClosed(run, WorkflowState.COMPLETED).visibility(closed(run)).build();
      persistence().executions().commit(transaction(lease, ended).build());

      Concurrently.both(
              () -> store().setTags(run, Tags.of(Map.of("a", "1"))),
              () -> persistence().executions().delete(run, lease))
          .losers(NotFoundException.class);

      assertThat(store().find(run)).isEmpty();
      assertThat(store().tags(run)).as("round %s", round).isEqualTo(Tags.none());
    }
  }

  @Test
  @Scenario("VI-26")
  void setTags_replacesAll() {
    RunKey run = newRun();
    store().upsert(open(run), 1);
    store().setTags(run, Tags.of(Map.of("a", "1", "b", "2")));

    store().setTags(run, Tags.of(Map.of("b", "3")));

    assertThat(store().tags(run)).isEqualTo(Tags.of(Map.of("b", "3")));
    store().setTags(run, Tags.none());
    assertThat(store().tags(run)).isEqualTo(Tags.none());
  }

  @Test
  @Scenario("VI-26")
  void setTags_ofAMissingRecord_isRefused() {
    RunKey run = newRun();
    thrownBy(NotFoundException.class, () -> store().setTags(run, Tags.none()));
    store().upsert(open(run), 1);
    store().delete(run, 1);

    thrownBy(NotFoundException.class, () -> store().setTags(run, Tags.of(Map.of("a", "1"))));

    assertThat(store().tags(run)).isEqualTo(Tags.none());
  }

  @Test
  @Scenario("VI-26")
  void setTags_byManyAtOnce_keepsThoseOfOne() {
    RunKey run = newRun();
    store().upsert(open(run), 1);

    Concurrently.run(
            Concurrently.COMPETITORS,
            i -> {
              store().setTags(run, Tags.of(Map.of("all", "x", "by-" + i, "y")));
              return i;
            })
        .allSucceeded();

    assertThat(store().tags(run).values()).hasSize(2).containsEntry("all", "x");
  }

  @Test
  @Scenario("VI-26")
  void commit_replacesTags_alsoWithoutARecord() {
    RunKey run = newRun();
    commit(
        Samples.create(run, CreateMode.brandNew())
            .tags(Tags.of(Map.of("a", "1", "b", "2")))
            .build());

    commit(Samples.update(run, 1).tags(Tags.of(Map.of("b", "3"))).build());
    assertThat(store().tags(run)).isEqualTo(Tags.of(Map.of("b", "3")));
    commit(Samples.update(run, 2).tags(Tags.none()).build());

    assertThat(store().tags(run)).isEqualTo(Tags.none());
  }

  @Test
  @Scenario("VI-26")
  void tags_beyondTheLimits_areRefused() {
    RunKey run = startedRun();
    store().upsert(open(run), 1);
    Tags most =
        new Tags(
            IntStream.range(0, 64)
                .boxed()
                .collect(
                    Collectors.toMap(
                        i -> "%064d".formatted(i),
                        i -> "v".repeat(255),
                        (a, b) -> b,
                        TreeMap::new)));
    store().setTags(run, most);
    assertThat(store().tags(run)).isEqualTo(most);

    TreeMap<String, String> tooMany = new TreeMap<>(most.values());
    tooMany.put("one more", "");
    for (Tags tags : List.of(new Tags(tooMany), Tags.of(Map.of("k".repeat(65), "v")))) {
      thrownBy(LimitExceededException.class, () -> store().setTags(run, tags));
      thrownBy(
          LimitExceededException.class, () -> commit(Samples.update(run, 1).tags(tags).build()));
    }

    assertThat(store().tags(run)).isEqualTo(most);
  }

  @Test
  @Scenario("VI-26")
  void tags_areExact() {
    RunKey run = newRun();
    store().upsert(open(run), 1);
    Tags tags = Tags.of(Map.of("Key", "Value", "key", "value ", "KEY", "ÜBER", "empty", ""));

    store().setTags(run, tags);

    assertThat(store().tags(run)).isEqualTo(tags);
  }
}

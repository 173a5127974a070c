package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunFilter;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.ParentLink;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.DueOutcome;
import io.odin.persistence.schedule.DueSchedule;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskFailure;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Every listing accepts the same page requests, and no listing accepts the token of another. */
public abstract class PagingTck extends StoreTck {

  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  /** For backends. */
  protected PagingTck() {}

  /**
   * A listing with at least two items.
   *
   * @param name the name of the operation, and of the query if it has several
   * @param read reads a page
   */
  private record Listing(String name, BiFunction<Persistence, PageRequest, Page<?>> read) {

    PageToken tokenAfterOne(Persistence in) {
      Page<?> page = read.apply(in, PageRequest.first(1));
      assertThat(page.items()).as(name).hasSize(1);
      assertThat(page.next()).as(name).isPresent();
      return page.next().orElseThrow();
    }
  }

  private List<Listing> listings() {
    newNamespace();
    List<Listing> all = new ArrayList<>();
    for (NamespaceFilter filter : NamespaceFilter.values()) {
      all.add(new Listing("namespaces, " + filter, (in, p) -> in.namespaces().list(filter, p)));
    }
    all.add(new Listing("shards", (in, p) -> in.shards().list(p)));
    addListingsOfRuns(all);
    addListingsOfVisibility(all, namespace());
    addListingsOfVisibility(all, newNamespace());
    addListingsOfQueues(all, namespace());
    addListingsOfQueues(all, newNamespace());
    addListingsOfSchedules(all, newNamespace());
    addListingsOfSchedules(all, newNamespace());
    return all;
  }

  private void addListingsOfRuns(List<Listing> all) {
    for (int i = 0; i < 2; i++) {
      ShardLease lease = acquired(newShard(), "A", LONG);
      RunKey first = runWithTimersAndChildren(lease);
      for (RunFilter filter : RunFilter.values()) {
        all.add(
            new Listing(
                "listByShard, " + filter + i,
                (in, p) -> in.executions().listByShard(lease.shardId(), filter, p)));
      }
      all.add(
          new Listing("listRuns" + i, (in, p) -> in.executions().listRuns(first.workflow(), p)));
      all.add(new Listing("listChildren" + i, (in, p) -> in.executions().listChildren(first, p)));
      EventRange some = new EventRange(1, 4);
      for (EventRange range : List.of(EventRange.all(), some)) {
        String name = range.equals(some) ? " of a range" + i : "" + i;
        all.add(new Listing("read" + name, (in, p) -> in.history().read(first, range, p)));
        all.add(
            new Listing(
                "readReverse" + name, (in, p) -> in.history().readReverse(first, range, p)));
      }
      all.add(new Listing("pending" + i, (in, p) -> in.signals().pending(first, p)));
      all.add(
          new Listing("expired" + i, (in, p) -> in.retention().findExpired(lease.shardId(), p)));
      RunKey current = persistence().executions().findCurrent(first.workflow()).orElseThrow().key();
      all.add(new Listing("timers" + i, (in, p) -> in.timers().list(current, p)));
      all.add(new Listing("due" + i, (in, p) -> in.timers().due(lease, p)));
      all.add(
          new Listing(
              "due until" + i, (in, p) -> in.timers().due(lease, LONG_AGO.plusSeconds(1), p)));
      List<ShardLease> leases = List.of(lease);
      all.add(new Listing("due of all" + i, (in, p) -> in.timers().dueOfAll(leases, p)));
      all.add(
          new Listing(
              "due of all until" + i,
              (in, p) -> in.timers().dueOfAll(leases, LONG_AGO.plusSeconds(1), p)));
    }
  }

  private RunKey runWithTimersAndChildren(ShardLease lease) {
    RunKey old = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
    commitUnder(lease, Samples.create(old, CreateMode.brandNew()).history(Samples.events(1, 5)));
    persistence().signals().put(old, NewSignal.create("cancel", Json.emptyObject()));
    persistence().signals().put(old, NewSignal.create("cancel", Json.emptyObject()));
    persistence()
        .executions()
        .commit(
            transaction(
                    lease,
                    UpdateRun.builder(old, 1, Samples.closed(WorkflowState.COMPLETED))
                        .disregardSignals()
                        .build())
                .build());
    commitUnder(
        lease,
        Samples.createClosed(
            RunKey.create(namespace(), newWorkflowIdIn(lease.shardId())), WorkflowState.FAILED));
    commitUnder(
        lease,
        Samples.create(
                RunKey.create(namespace(), old.workflowId()), CreateMode.replaceClosed(old.runId()))
            .timer(new TimerUpsert("t1", LONG_AGO, Json.emptyObject()))
            .timer(new TimerUpsert("t2", LONG_AGO, Json.emptyObject())));
    for (int event = 2; event <= 3; event++) {
      commitUnder(
          lease,
          CreateRun.builder(
              RunKey.create(namespace(), newWorkflowIdIn(lease.shardId())),
              CreateMode.brandNew(),
              RunDefinition.builder("t", "q", Samples.STARTED)
                  .parent(new ParentLink(old.workflowId(), old.runId(), event))
                  .build(),
              Samples.running()));
    }
    return old;
  }

  private void commitUnder(ShardLease lease, CreateRun.Builder run) {
    persistence().executions().commit(transaction(lease, run.build()).build());
  }

  private void addListingsOfVisibility(List<Listing> all, NamespaceId namespace) {
    Tags tags = Tags.of(Map.of("a", "1"));
    for (int i = 0; i < 2; i++) {
      RunKey run = RunKey.create(namespace, newWorkflowId());
      persistence().visibility().upsert(Samples.visibility(run).build(), 1);
      persistence().visibility().setTags(run, tags);
    }
    for (VisibilityOrder order : VisibilityOrder.values()) {
      for (String query : List.of("", "WorkflowType = 'OrderWorkflow'")) {
        all.add(
            new Listing(
                "visibility of " + namespace + " by " + order + " " + query,
                (in, p) ->
                    in.visibility().list(namespace, VisibilityQuery.parse(query), order, p)));
      }
    }
    for (TagMatch match : TagMatch.values()) {
      all.add(
          new Listing(
              "tags of " + namespace + ", " + match,
              (in, p) -> in.visibility().searchByTags(namespace, tags, match, p)));
    }
  }

  private void addListingsOfQueues(List<Listing> all, NamespaceId namespace) {
    for (String name : List.of("q1", "q2")) {
      TaskQueue queue = new TaskQueue(namespace, name, TaskType.ACTIVITY);
      for (int i = 0; i < 2; i++) {
        persistence()
            .taskQueues()
            .enqueue(NewTask.of(queue, RunKey.create(namespace, "w"), Json.emptyObject()));
      }
      for (LeasedTask task : persistence().taskQueues().poll(PollRequest.of(queue, "w", LONG, 2))) {
        persistence().taskQueues().fail(task.lease(), new TaskFailure("dead", Duration.ZERO, 1));
      }
      all.add(
          new Listing("deadLetters of " + queue, (in, p) -> in.taskQueues().deadLetters(queue, p)));
    }
    all.add(
        new Listing(
            "listQueues of " + namespace, (in, p) -> in.taskQueues().listQueues(namespace, p)));
  }

  private void addListingsOfSchedules(List<Listing> all, NamespaceId namespace) {
    List<ScheduleKey> schedules =
        List.of(ScheduleKey.create(namespace), ScheduleKey.create(namespace));
    for (ScheduleKey key : schedules) {
      NewSchedule schedule = NewSchedule.of(key, key.scheduleId().toString(), Samples.hourly());
      persistence().schedules().create(schedule);
      database().ageSchedule(key, Duration.ofMinutes(150));
      all.add(new Listing("history of " + key, (in, p) -> in.schedules().history(key, p)));
    }
    for (int due = 0; due < 2; due++) {
      persistence().schedules().claimDue("scheduler", LONG, 1000).stream()
          .map(DueSchedule::lease)
          .filter(lease -> schedules.contains(lease.schedule()))
          .forEach(
              lease ->
                  persistence()
                      .schedules()
                      .advance(lease, DueOutcome.started(RunKey.create(namespace, "w"))));
    }
    all.add(new Listing("schedules of " + namespace, (in, p) -> in.schedules().list(namespace, p)));
    all.add(
        new Listing("pending in " + namespace, (in, p) -> in.schedules().pending(namespace, p)));
  }

  @Test
  @Scenario("X-12")
  void limits_outOfBounds_areRefused() {
    thrownBy(InvalidRequestException.class, () -> PageRequest.first(0));
    thrownBy(InvalidRequestException.class, () -> PageRequest.first(1001));
    NamespaceId in = namespace();
    for (int limit : new int[] {0, -1, 1001}) {
      thrownBy(
          InvalidRequestException.class, () -> persistence().namespaces().changesSince(0, limit));
      thrownBy(InvalidRequestException.class, () -> persistence().shards().reclaimExpired(limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().executions().trimCommits(Duration.ofDays(1), limit));
      thrownBy(InvalidRequestException.class, () -> persistence().queryResults().expire(limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().visibility().purgeTombstones(Duration.ofDays(1), limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().retention().purge(NamespaceId.create(), limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().taskQueues().reclaimExpired(in, limit));
      thrownBy(
          InvalidRequestException.class, () -> persistence().taskQueues().purgeExpired(in, limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().taskQueues().trimCompletions(in, Duration.ofDays(1), limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().schedules().claimDue("s", LONG, limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().schedules().trimHistory(ScheduleKey.create(in), 1, limit));
      thrownBy(
          InvalidRequestException.class,
          () -> persistence().schedules().dueTimes(Samples.hourly(), LONG_AGO, limit));
    }
  }

  @Test
  @Scenario("X-12")
  void limits_atTheBounds_areAccepted() {
    for (Listing listing : listings()) {
      assertThat(listing.read().apply(persistence(), PageRequest.first(1)).items()).hasSize(1);
      assertThat(listing.read().apply(persistence(), PageRequest.first(1000)).items())
          .as(listing.name())
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  @Scenario("X-13")
  void tokens_ofAnotherListing_areRefused() {
    List<Listing> listings = listings();
    List<PageToken> tokens =
        listings.stream().map(listing -> listing.tokenAfterOne(persistence())).toList();
    List<String> accepted = new ArrayList<>();
    for (int from = 0; from < listings.size(); from++) {
      for (int to = 0; to < listings.size(); to++) {
        if (from != to && !refuses(listings.get(to), tokens.get(from).value())) {
          accepted.add(listings.get(from).name() + " -> " + listings.get(to).name());
        }
      }
    }

    assertThat(accepted).as("tokens accepted by other listings").isEmpty();
  }

  @Test
  @Scenario("X-13")
  void tokens_thatAreDamaged_areRefused() {
    List<String> accepted = new ArrayList<>();
    for (Listing listing : listings()) {
      String token = listing.tokenAfterOne(persistence()).value();
      List<String> damaged = new ArrayList<>(List.of("x", "AAAA", "%%%", "null", token + "A"));
      for (int i = 0; i < token.length(); i++) {
        char other = token.charAt(i) == 'A' ? 'B' : 'A';
        damaged.add(token.substring(0, i) + other + token.substring(i + 1));
        if (i > 0) {
          damaged.add(token.substring(0, i));
        }
      }
      damaged.stream()
          .filter(bad -> !refuses(listing, bad))
          .forEach(bad -> accepted.add(listing.name() + ": " + bad + " instead of " + token));
    }

    assertThat(accepted).as("damaged tokens that were accepted").isEmpty();
  }

  private boolean refuses(Listing listing, String token) {
    try {
      Page<?> page =
          listing.read().apply(persistence(), PageRequest.after(new PageToken(token), 1));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(1);
      return false;
    } catch (InvalidRequestException e) {
      return true;
    }
  }

  @Test
  @Scenario("X-13")
  void tokens_surviveARestart() {
    Persistence restarted = reopened(settings -> settings);
    for (Listing listing : listings()) {
      PageRequest rest = PageRequest.after(listing.tokenAfterOne(persistence()), 2);

      Page<?> here = listing.read().apply(persistence(), rest);
      Page<?> there = listing.read().apply(restarted, rest);

      assertThat(here.items()).as(listing.name()).isNotEmpty();
      assertThat(there.items()).as(listing.name()).isEqualTo(here.items());
    }
  }
}

package io.odin.persistence.benchmarks;

import io.odin.persistence.benchmarks.dbscheduler.DrainPeer;
import io.odin.persistence.benchmarks.dbscheduler.DrainPeer.Strategy;
import io.odin.persistence.benchmarks.harness.Entry;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.rows.AnswerQuery;
import io.odin.persistence.benchmarks.rows.AppendHistory;
import io.odin.persistence.benchmarks.rows.DeleteRun;
import io.odin.persistence.benchmarks.rows.DeletionBesidePolls;
import io.odin.persistence.benchmarks.rows.Drain;
import io.odin.persistence.benchmarks.rows.DrainSeveral;
import io.odin.persistence.benchmarks.rows.Enqueue;
import io.odin.persistence.benchmarks.rows.FireSchedule;
import io.odin.persistence.benchmarks.rows.ListVisibility;
import io.odin.persistence.benchmarks.rows.ListVisibility.Criterion;
import io.odin.persistence.benchmarks.rows.ResetRun;
import io.odin.persistence.benchmarks.rows.SendSignal;
import io.odin.persistence.benchmarks.rows.StartWithSignal;
import io.odin.persistence.benchmarks.rows.StartWorkflow;
import io.odin.persistence.benchmarks.rows.UpsertVisibility;
import io.odin.persistence.benchmarks.rows.WorkflowTask;
import io.odin.persistence.benchmarks.rows.WorkflowTaskFull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** All rows, and which of them are measured together. To add a row, name it here. */
final class Suite {

  /** The row that the other backlogs are compared with. */
  static final String SMALL_BACKLOG = "drain-10-backlog-1k";

  private static final int PEER_WORKERS = 16;
  private static final int BACKLOG_WORKERS = 8;
  private static final long PEER_BACKLOG = 200_000;
  private static final long USUAL_BACKLOG = 10_000;

  /** Each is measured alone, with each of the asked numbers of workers. */
  private static final List<Row> ALONE =
      List.of(
          new StartWorkflow(),
          new WorkflowTask(),
          new WorkflowTaskFull(),
          new AppendHistory(),
          new Enqueue(1),
          new Enqueue(10),
          new Enqueue(100),
          drain(1),
          drain(10),
          drain(100),
          new DrainSeveral("poll-any-10", 10, USUAL_BACKLOG, 9),
          new UpsertVisibility(),
          new ListVisibility("visibility-list", Criterion.TYPE),
          new ListVisibility("visibility-search", Criterion.CUSTOMER),
          new SendSignal(),
          new StartWithSignal(),
          new ResetRun("reset-100", 100),
          new ResetRun("reset-1k", 1_000),
          new AnswerQuery(),
          new FireSchedule(),
          new DeleteRun());

  /** These are measured together, since they are to be compared with each other. */
  private static final List<Row> BACKLOGS =
      List.of(
          new Drain(SMALL_BACKLOG, 10, 1_000, 0, List.of()),
          new Drain("drain-10-backlog-100k", 10, 100_000, 0, List.of()),
          new Drain("drain-10-backlog-1m", 10, 1_000_000, 0, List.of()),
          new Drain("drain-10-in-flight-10k", 10, 1_000, 10_000, List.of()));

  /** The peer brings its own threads; both sides get as many. */
  private static final Row DRAIN_WITH_PEERS =
      new Drain(
          "drain-10-peers",
          10,
          PEER_BACKLOG,
          0,
          List.of(
              new DrainPeer(Strategy.FETCH_AND_LOCK, PEER_BACKLOG),
              new DrainPeer(Strategy.LOCK_AND_FETCH, PEER_BACKLOG)));

  /** It is no row: it is compared with itself. */
  static final DeletionBesidePolls DELETION = new DeletionBesidePolls(100_000);

  private Suite() {}

  private static Row drain(int batch) {
    return new Drain("drain-" + batch, batch, USUAL_BACKLOG, 0, List.of());
  }

  /** Whether the row differs from the one with a small backlog in nothing else. */
  static boolean isBacklog(String row) {
    return BACKLOGS.stream().anyMatch(other -> other.name().equals(row));
  }

  /** What a short run measures. */
  static boolean isImportant(Row row) {
    return switch (row.name()) {
      case "enqueue-10", "drain-1", "drain-100", "drain-10-backlog-100k" -> false;
      case "poll-any-10" -> false;
      case "visibility-upsert", "visibility-search", "query-result", "schedule" -> false;
      case "signal-with-start", "reset-100", "reset-1k" -> false;
      default -> true;
    };
  }

  /** The names of all rows, in their order. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    groups(List.of(1), row -> true).forEach(group -> group.forEach(e -> names.add(e.row().name())));
    names.add(DeletionBesidePolls.NAME);
    return names;
  }

  /** The chosen rows; those of one list are to be measured together. */
  static List<List<Entry>> groups(Collection<Integer> workers, Predicate<Row> chosen) {
    List<List<Entry>> groups = new ArrayList<>();
    for (Row row : ALONE) {
      for (int count : workers) {
        groups.add(List.of(new Entry(row, count)));
      }
    }
    groups.add(BACKLOGS.stream().map(row -> new Entry(row, BACKLOG_WORKERS)).toList());
    groups.add(List.of(new Entry(DRAIN_WITH_PEERS, PEER_WORKERS)));
    return groups.stream()
        .map(group -> group.stream().filter(entry -> chosen.test(entry.row())).toList())
        .filter(group -> !group.isEmpty())
        .toList();
  }
}

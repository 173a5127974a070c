package io.odin.persistence.tck.retention;

import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An archive in memory that can be made to fail. Thread-safe. */
final class MemoryArchiver implements Archiver {

  private final Map<RunKey, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger puts = new AtomicInteger();
  private volatile Step failing = Step.NONE;
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  private volatile Runnable afterwards = () -> {};
  private volatile UnaryOperator<Entry> damage = UnaryOperator.identity();

  /** An empty archive. */
  MemoryArchiver() {}

  /** A copy of what another holds. */
  MemoryArchiver(MemoryArchiver original) {
    entries.putAll(original.entries);
  }

  /** The step at which a put fails. */
  enum Step {
    NONE,
    BEFORE_STORING,
    AFTER_STORING
  }

  /**
   * What the archive holds of a run.
   *
   * @param run the run
   * @param history its events
   */
  record Entry(ArchivedRun run, List<HistoryEvent> history) {}

  /** Makes later puts fail at a step. */
  MemoryArchiver failAt(Step step) {
    failing = step;
    return this;
  }

  /** Runs an action once, after the first event has been read and before the others. */
  MemoryArchiver meanwhile(Runnable action) {
    meanwhile.set(action);
    return this;
  }

  /** Runs an action after each run that is stored. */
  MemoryArchiver afterwards(Runnable action) {
    afterwards = action;
    return this;
  }

  /** Makes what later puts store another. */
  MemoryArchiver damaging(UnaryOperator<Entry> change) {
    damage = change;
    return this;
  }

  /** Makes what it holds of all runs another. */
  void damage(UnaryOperator<Entry> change) {
    entries.replaceAll((run, entry) -> change.apply(entry));
  }

  @Override
  public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) throws IOException {
    fail(Step.BEFORE_STORING);
    List<HistoryEvent> events = new ArrayList<>();
    for (HistoryEvent event : history) {
      events.add(event);
      meanwhile.getAndSet(() -> {}).run();
    }
    entries.put(run.key(), damage.apply(new Entry(run, List.copyOf(events))));
    puts.incrementAndGet();
    fail(Step.AFTER_STORING);
    afterwards.run();
    return Samples.bytes("checksum of " + events.size());
  }

  private void fail(Step step) throws IOException {
    if (failing == step) {
      throw new IOException("the kit makes the archive fail");
    }
  }

  @Override
  public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) {
    Optional<Entry> entry = Optional.ofNullable(entries.get(run));
    entry.ifPresent(found -> found.history().forEach(history));
    return entry.map(Entry::run);
  }

  /** The events of an archived run. */
  List<HistoryEvent> history(RunKey run) {
    List<HistoryEvent> events = new ArrayList<>();
    read(run, events::add);
    return events;
  }

  /** The number of puts that have stored a run, repetitions included. */
  int puts() {
    return puts.get();
  }

  @Override
  public void close() {}
}

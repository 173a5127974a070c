package io.odin.persistence.sql.task;

import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.statement.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

/**
 * Hands out task ids from blocks taken from the database, so that an enqueue knows its ids before
 * it is sent: sent again after a lost reply, it is the same task. Thread-safe.
 */
final class TaskIds {

  private final Database database;
  private final TaskStatements statements;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Long> ids = new ArrayDeque<>();

  TaskIds(Database database, TaskStatements statements) {
    this.database = database;
    this.statements = statements;
  }

  private void takeBlock() {
    List<Step> steps = statements.takeIds();
    // As a read: numbers that were taken twice are only skipped, so nothing is in doubt.
    List<Step.Result> results = database.read("taskQueues.takeIds", session -> session.run(steps));
    results.stream()
        .flatMap(result -> result.rows(LongStream.class).stream())
        .flatMapToLong(each -> each)
        .forEach(ids::add);
  }

  /** Returns {@code count} new ids, rising. */
  List<Long> next(int count) {
    lock.lock();
    try {
      while (ids.size() < count) {
        takeBlock();
      }
      List<Long> taken = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        taken.add(ids.remove());
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }
}

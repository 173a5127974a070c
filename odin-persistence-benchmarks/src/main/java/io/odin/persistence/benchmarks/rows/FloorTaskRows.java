package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.benchmarks.rows.Prepared.Parameter;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.sql.Sql;
import io.odin.persistence.task.TaskQueue;
import java.sql.SQLException;

/** New tasks bound by hand: one array for each column. */
final class FloorTaskRows {

  private final Parameter queueName;
  private final Parameter queueType;
  private final Parameter taskId;
  private final Parameter workflowId;
  private final Parameter runId;
  private final Parameter scheduledAt;
  private final Parameter expiryAt;
  private final Parameter taskData;
  private final Parameter partitionHash;
  private final Parameter priority;

  FloorTaskRows(Prepared prepared, Sql insert) {
    queueName = prepared.parameter("task_queue_name", insert);
    queueType = prepared.parameter("task_queue_type", insert);
    taskId = prepared.parameter("task_id", insert);
    workflowId = prepared.parameter("workflow_id", insert);
    runId = prepared.parameter("run_id", insert);
    scheduledAt = prepared.parameter("scheduled_at", insert);
    expiryAt = prepared.parameter("expiry_at", insert);
    taskData = prepared.parameter("task_data", insert);
    partitionHash = prepared.parameter("partition_hash", insert);
    priority = prepared.parameter("priority", insert);
  }

  /** The ids that new tasks get. */
  interface Ids {
    long next() throws SQLException;
  }

  void bind(TaskQueue queue, int count, RunKey run, Ids ids) throws SQLException {
    String[] names = new String[count];
    String[] types = new String[count];
    Long[] numbers = new Long[count];
    String[] workflows = new String[count];
    String[] runs = new String[count];
    Long[] delays = new Long[count];
    Long[] expiries = new Long[count];
    String[] data = new String[count];
    Integer[] hashes = new Integer[count];
    Integer[] priorities = new Integer[count];
    for (int i = 0; i < count; i++) {
      names[i] = queue.name();
      types[i] = queue.type().value();
      numbers[i] = ids.next();
      workflows[i] = run.workflowId();
      runs[i] = run.runId().toString();
      delays[i] = 0L;
      data[i] = Sample.TASK_DATA;
      hashes[i] = ShardHash.partitionHashOf(run.workflowId());
      priorities[i] = 3;
    }
    queueName.setArray("text", names);
    queueType.setArray("text", types);
    taskId.setArray("int8", numbers);
    workflowId.setArray("text", workflows);
    runId.setArray("uuid", runs);
    scheduledAt.setArray("int8", delays);
    expiryAt.setArray("int8", expiries);
    taskData.setArray("jsonb", data);
    partitionHash.setArray("int4", hashes);
    priority.setArray("int4", priorities);
  }
}

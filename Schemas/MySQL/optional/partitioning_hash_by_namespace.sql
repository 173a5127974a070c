-- Odin persistence, MySQL, optional: history_events partitioned by hash of the namespace.
--
--   mysql odin_orchestrator < optional/partitioning_hash_by_namespace.sql
--
-- Best before the first event is written: a table with rows is copied, and nobody writes to it meanwhile. Instead of, not
-- after, partitioning_range_by_time.sql. 16 partitions: write another number where more are wanted.
--
-- Why: smaller indexes. All events of a namespace lie in one partition, so this is for many namespaces of similar size. The
-- primary key stays as it is.

-- In this mode, MySQL 8.0.19 rewrites no table that has times with an expression as default.
SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_ZERO_DATE', '');

ALTER TABLE history_events PARTITION BY KEY (namespace_id) PARTITIONS 16;

-- Odin persistence, MySQL, optional: history_events partitioned by hash of the namespace.
--
--   mysql odin_orchestrator < optional/partitioning_hash_by_namespace.sql
--
-- Best run before the first event is written: a table with rows is copied, and is locked against writes meanwhile. Use it instead
-- of partitioning_range_by_time.sql. To get more than 16 partitions, change the number.
--
-- Benefit: smaller indexes. All events of a namespace are in one partition, so this is for many namespaces of similar size. The
-- primary key does not change.

-- In this mode, MySQL 8.0.19 rewrites no table that has times with an expression as default.
SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_ZERO_DATE', '');

ALTER TABLE history_events PARTITION BY KEY (namespace_id) PARTITIONS 16;

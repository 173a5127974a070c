-- Odin persistence, MySQL: shards, their owners and their fences.
--
-- A workflow belongs to the shard that calculate_shard_id (10_functions.sql) gives. One history service owns a shard at a
-- time, under a lease. There are two tables because renewals and commits must not wait for each other: the owner renews its
-- lease every few seconds, and every commit holds a share lock on the fence.

-- There is no index on owner or expiry, because the whole table is a few pages.
CREATE TABLE IF NOT EXISTS history_shards (
    shard_id                  int           NOT NULL,
    owner_identity            varchar(255) COMMENT 'History service that owns the shard, null: free',
    shard_owner_lease_expiry  datetime(6) COMMENT 'The ownership ends here unless renewed before, by this server''s clock',
    acquired_at               datetime(6),
    last_heartbeat            datetime(6),
    updated_at                datetime(6)   NOT NULL DEFAULT (UTC_TIMESTAMP(6)) ON UPDATE CURRENT_TIMESTAMP(6),
    fence_token               bigint        NOT NULL DEFAULT 0 COMMENT 'Token of the present ownership, each change of owner increments it',
    released_token            bigint        NOT NULL DEFAULT 0 COMMENT 'Token of the last ownership that its owner has released, 0: none',
    CONSTRAINT pk_history_shards PRIMARY KEY (shard_id),
    CONSTRAINT ck_history_shards_values CHECK (owner_identity <> ''),
    CONSTRAINT ck_history_shards_shard_id CHECK (shard_id >= 0)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'Owner of each shard and end of its lease: renewals write only here';

CREATE TABLE IF NOT EXISTS shard_fences (
    shard_id     int     NOT NULL,
    fence_token  bigint  NOT NULL DEFAULT 0 COMMENT 'A commit with another token is refused',
    CONSTRAINT pk_shard_fences PRIMARY KEY (shard_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin
  COMMENT = 'The row that each commit locks FOR SHARE: written when the owner of a shard changes, never by a renewal';

-- 512 shards, or the number in the session variable @odin_shard_count. The number is fixed for the life of the database: with
-- another one, workflows would be looked up in other shards than those that contain them. For how errors are raised see
-- 01_namespaces.sql.
INSERT INTO history_shards (shard_id)
SELECT CONCAT('@odin_shard_count is ', @odin_shard_count, ', expected a whole number from 1 to 65536')
  FROM DUAL
 WHERE CAST(@odin_shard_count AS CHAR) NOT REGEXP '^0*[1-9][0-9]{0,4}$' OR CAST(@odin_shard_count AS SIGNED) > 65536;

INSERT INTO history_shards (shard_id)
SELECT CONCAT('@odin_shard_count is ', @odin_shard_count, ', but this database has ', COUNT(*), ' shards')
  FROM history_shards
HAVING COUNT(*) > 0 AND COUNT(*) <> @odin_shard_count;

INSERT INTO history_shards (shard_id)
WITH digits (digit) AS (
    VALUES ROW(0), ROW(1), ROW(2), ROW(3), ROW(4), ROW(5), ROW(6), ROW(7), ROW(8), ROW(9)
), numbers (number) AS (
    SELECT a.digit + 10 * b.digit + 100 * c.digit + 1000 * d.digit + 10000 * e.digit
      FROM digits a CROSS JOIN digits b CROSS JOIN digits c CROSS JOIN digits d CROSS JOIN digits e
)
SELECT number FROM numbers
 WHERE number < COALESCE(CAST(@odin_shard_count AS SIGNED), 512)
   AND NOT EXISTS (SELECT * FROM history_shards)
 ORDER BY number;

INSERT INTO shard_fences (shard_id, fence_token)
SELECT s.shard_id, s.fence_token FROM history_shards s
 WHERE NOT EXISTS (SELECT * FROM shard_fences f WHERE f.shard_id = s.shard_id);

-- Odin persistence, PostgreSQL: shards, their owners and their fences.
--
-- A workflow belongs to the shard that calculate_shard_id (10_functions.sql) gives. One history service owns a shard at a
-- time, under a lease. There are two tables because renewals and commits must not wait for each other: the owner renews its
-- lease every few seconds, and every commit holds a share lock on the fence. With both in one row, 16 concurrent committers
-- allowed one renewal in ten seconds.

CREATE TABLE IF NOT EXISTS history_shards (
    shard_id                  integer                    NOT NULL,
    owner_identity            varchar(255) COLLATE "C",
    shard_owner_lease_expiry  timestamptz,
    acquired_at               timestamptz,
    last_heartbeat            timestamptz,
    updated_at                timestamptz                NOT NULL DEFAULT now(),
    fence_token               bigint                     NOT NULL DEFAULT 0,
    released_token            bigint                     NOT NULL DEFAULT 0,
    CONSTRAINT pk_history_shards PRIMARY KEY (shard_id),
    CONSTRAINT ck_history_shards_values CHECK (owner_identity <> ''),
    CONSTRAINT ck_history_shards_shard_id CHECK (shard_id >= 0)
)
-- Few rows that are renewed continuously: free space on the page keeps the updates HOT. There is no index on owner or expiry,
-- because the whole table is a few pages.
WITH (fillfactor = 50);

COMMENT ON TABLE history_shards IS 'Owner of each shard and end of its lease; renewals write only here';
COMMENT ON COLUMN history_shards.owner_identity IS 'History service that owns the shard; null: free';
COMMENT ON COLUMN history_shards.shard_owner_lease_expiry IS
    'The ownership ends here unless renewed before, by this server''s clock';
COMMENT ON COLUMN history_shards.fence_token IS 'Token of the present ownership; each change of owner increments it';
COMMENT ON COLUMN history_shards.released_token IS 'Token of the last ownership that its owner has released; 0: none';

CREATE OR REPLACE TRIGGER trg_history_shards_updated_at
    BEFORE UPDATE ON history_shards
    FOR EACH ROW EXECUTE FUNCTION odin_touch_updated_at();

CREATE TABLE IF NOT EXISTS shard_fences (
    shard_id     integer  NOT NULL,
    fence_token  bigint   NOT NULL DEFAULT 0,
    CONSTRAINT pk_shard_fences PRIMARY KEY (shard_id)
);

COMMENT ON TABLE shard_fences IS
    'The row that each commit locks FOR SHARE: written when the owner of a shard changes, never by a renewal';
COMMENT ON COLUMN shard_fences.fence_token IS 'A commit with another token is refused';

-- 512 shards, or the number in the session setting odin.shard_count. The number is fixed for the life of the database: with
-- another one, workflows would be looked up in other shards than those that contain them.
DO $seed$
DECLARE
    requested text := NULLIF(current_setting('odin.shard_count', true), '');
    wanted    integer;
    present   bigint;
BEGIN
    IF requested IS NOT NULL AND requested !~ '^[0-9]{1,6}$' THEN
        RAISE EXCEPTION 'odin.shard_count is %, expected a whole number from 1 to 65536', requested
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    wanted := COALESCE(requested, '512')::integer;
    IF wanted NOT BETWEEN 1 AND 65536 THEN
        RAISE EXCEPTION 'odin.shard_count is %, expected a whole number from 1 to 65536', wanted
            USING ERRCODE = 'invalid_parameter_value';
    END IF;

    SELECT count(*) INTO present FROM history_shards;
    IF present = 0 THEN
        INSERT INTO history_shards (shard_id) SELECT generate_series(0, wanted - 1);
    ELSIF requested IS NOT NULL AND present <> wanted THEN
        RAISE EXCEPTION 'odin.shard_count is %, but this database has % shards', wanted, present
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'The shard count is chosen once, on an empty database.';
    END IF;

    INSERT INTO shard_fences (shard_id, fence_token)
    SELECT shard_id, fence_token FROM history_shards
    ON CONFLICT (shard_id) DO NOTHING;
END;
$seed$;

select count(*) as shards
from history_shards

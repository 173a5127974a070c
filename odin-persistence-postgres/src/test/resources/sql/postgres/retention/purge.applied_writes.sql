delete from applied_writes
where (
  tableoid,
  applied_writes.ctid
) in (
  select
    tableoid,
    applied_writes.ctid
  from applied_writes
  where namespace_id = :namespace_id
  fetch next :limit rows only
)

delete from visibility_records
where (
  tableoid,
  visibility_records.ctid
) in (
  select
    tableoid,
    visibility_records.ctid
  from visibility_records
  where namespace_id = :namespace_id
  fetch next :limit rows only
)

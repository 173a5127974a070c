delete from search_attributes
where (
  tableoid,
  search_attributes.ctid
) in (
  select
    tableoid,
    search_attributes.ctid
  from search_attributes
  where namespace_id = :namespace_id
  fetch next :limit rows only
)

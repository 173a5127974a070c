update namespaces
set
  status = 'deleted',
  deleted_at = sysdate(6),
  version = (version + 1),
  change_sequence = (
    select last_sequence
    from namespace_change_counter
  )
where (
  namespace_id = :namespace_id
  and version = :expected_version
  and status <> 'deleted'
)

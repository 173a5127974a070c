delete from workflow_commits
where (
  namespace_id = :namespace_id
  and commit_id = :commit_id
)

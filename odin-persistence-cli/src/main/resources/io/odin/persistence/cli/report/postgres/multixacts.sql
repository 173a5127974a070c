SELECT datname, mxid_age(datminmxid) AS multixact_age
FROM pg_database
WHERE datallowconn
ORDER BY multixact_age DESC

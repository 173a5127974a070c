package io.odin.persistence.sql.database;

/** What a connection is going to do with the schema. */
public enum SchemaUse {
  /** To create or change it: what others have made under its names would be taken for its own. */
  MIGRATE,
  /** To use it as it is, whichever account has made it. */
  READ_AND_WRITE
}

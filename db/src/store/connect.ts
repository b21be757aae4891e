import Database from "better-sqlite3";

export type Connection = Database.Database;

/** "parl" in the file header: how a database of Parley's is told from any other. */
export const APPLICATION_ID = 0x7061726c;

/** The database's file name in a data folder. */
export const DATABASE_FILE = "parley.db";

/**
 * The writing connection. `synchronous=FULL` is set by hand: the build's
 * default for WAL is NORMAL, under which a committed entry can vanish at power
 * loss. Recursive triggers make REPLACE fire the append-only triggers too.
 */
export const connectWriter = (file: string, busyTimeoutMs = 5000): Connection => {
  const db = new Database(file, { timeout: busyTimeoutMs });
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.pragma("foreign_keys = ON");
  db.pragma("recursive_triggers = ON");
  db.pragma("wal_autocheckpoint = 8000");
  db.pragma("journal_size_limit = 67108864");
  db.pragma("cache_size = -65536");
  return db;
};

/** A connection that can only read; under WAL it sees every committed transaction and blocks nobody. */
export const connectReader = (file: string, busyTimeoutMs = 5000): Connection => {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
  db.pragma("query_only = ON");
  return db;
};

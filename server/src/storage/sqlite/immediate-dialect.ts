import { CompiledQuery, type DatabaseConnection, SqliteDialect, SqliteDriver } from "kysely";
import type { NodeSqlite } from "./node-sqlite.ts";

/**
 * Kysely's dialect of SQLite, with two differences: a transaction takes the lock for writing as it begins, as it could not wait for one
 * later; and one that SQLite has rolled back itself, as it does when the disk is full, keeps its own error.
 */
export class ImmediateDialect extends SqliteDialect {
  readonly #database: NodeSqlite;

  constructor(database: NodeSqlite) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#database);
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: NodeSqlite;

  constructor(database: NodeSqlite) {
    super({ database });
    this.#database = database;
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

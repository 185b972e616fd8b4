import { findPostgres } from "@triptych/testkit/postgres/find-postgres.ts";
import { type PostgresServer, startPostgres } from "@triptych/testkit/postgres/postgres-server.ts";
import { runSql } from "@triptych/testkit/postgres/run-sql.ts";
import { afterAll, beforeAll } from "vitest";

const found = findPostgres();

/** Why tests that need Postgres are skipped; undefined where they run. Named in what they are skipped under. */
export const noPostgres = typeof found === "string" ? found : undefined;

/** What the tests of a file use Postgres through. */
export interface UsedPostgres {
  readonly server: PostgresServer;
  /** The URL of a schema of its own, which is empty. */
  newSchema(): Promise<string>;
  /** Runs statements by hand. */
  run(url: string, sql: string): Promise<Record<string, unknown>[]>;
}

/** Starts a server of Postgres before the tests of a file, and removes it after them. */
export function usePostgres(): UsedPostgres {
  let server: PostgresServer | undefined;
  let schemas = 0;
  const running = () => {
    if (server === undefined) throw new Error("Postgres runs only while the tests do");
    return server;
  };

  beforeAll(async () => {
    if (typeof found !== "string") server = await startPostgres(found);
  }, 60_000);
  afterAll(() => server?.close());

  return {
    get server() {
      return running();
    },
    async newSchema() {
      const name = `s${++schemas}`;
      await runSql(running().url(), `create schema ${name}`);
      return running().url(name);
    },
    run: runSql,
  };
}

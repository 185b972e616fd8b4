import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import type { Client } from "pg";
import { migrate } from "../migrate.ts";
import { NOTICE_VANISHED, openClient } from "./open-client.ts";
import type { Tables } from "./tables.ts";
import { DatabaseUnusable } from "./unusable.ts";

const migrations = new URL("migrations/", import.meta.url);
/** The oldest release that this has been tried with. */
const OLDEST_VERSION = 130_000;
const TABLES: readonly (keyof Tables)[] = [
  "topics",
  "events",
  "orders",
  "ratings",
  "reader_events",
  "book_trends",
  "files",
  "file_parts",
  "log",
  "reader_numbers",
  "sessions",
];
/** What another server may take to migrate, in milliseconds. */
const MIGRATION_MS = 60_000;
/** What a statement may take, locks included, before the connection counts as lost, in milliseconds. */
const STATEMENT_MS = 120_000;

/**
 * Brings the tables of a database up to date, one server at a time, and checks that they can be used.
 * @throws DatabaseUnusable where the database is too old, not in UTF-8, or the user lacks rights.
 * @throws LaterVersion when it was used by a later version of the server.
 */
export async function prepareDatabase(url: string): Promise<void> {
  // What brings tables up to date may take as long as it has to.
  await withClient(url, { purpose: "start", answerMs: 0 }, async (client) => {
    const schema = await requireSuitable(client);
    const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: poolOf(client) }) });
    await migrate(kysely, migrations, schema);
    await requireRights(client);
  });
}

/** What a connection of its own is for. */
export interface LongUse {
  /** As the database lists it. */
  readonly purpose: string;
  /** How long a statement may take, in milliseconds; 0 is without end, two minutes where absent. */
  readonly answerMs?: number;
}

/** Runs work on a connection of its own, for what takes long; it is closed after it. */
export async function withClient<T>(
  url: string,
  { purpose, answerMs = STATEMENT_MS }: LongUse,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await openClient({
    ...{ url, purpose, answerMs, lockMs: MIGRATION_MS },
    // What is under way hears of it by its own rejection.
    onEnd: () => undefined,
    prepare: (opened) => opened.query(NOTICE_VANISHED),
  });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What Kysely asks a pool for, which here has the one client. */
function poolOf(client: Client): PostgresPool {
  const query = (sql: string, values: unknown[]) => client.query(sql, values);
  // Its cursors are asked for by streams alone.
  const one = { query, release: () => undefined } as unknown as PostgresPoolClient;
  return {
    connect: async () => one,
    end: async () => undefined,
    options: {},
  };
}

/** Returns the schema that tables are made in. */
async function requireSuitable(client: Client): Promise<string> {
  const { rows } = await client.query(`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as name,
      current_setting('server_encoding') as encoding, current_schema() as schema, pg_is_in_recovery() as standby
  `);
  const [{ version, name, encoding, schema, standby }] = rows;
  if (version < OLDEST_VERSION) throw new DatabaseUnusable(`the database is Postgres ${name}: it must be 13 or later`);
  if (encoding !== "UTF8") throw new DatabaseUnusable(`the database is in ${encoding}: it must be in UTF8`);
  if (schema === null)
    throw new DatabaseUnusable("the search path of the user names no schema that is there and that it may use");
  if (standby) throw new DatabaseUnusable("the database is a standby: name the primary");
  return schema;
}

async function requireRights(client: Client): Promise<void> {
  const { rows } = await client.query(
    `select t as name, p as privilege from unnest($1::text[]) t, unnest(array['select', 'insert', 'update', 'delete']) p
     where not has_table_privilege(t, p) limit 1`,
    [TABLES],
  );
  const [missing] = rows;
  if (missing === undefined) return;
  throw new DatabaseUnusable(`the user lacks rights: it may not ${missing.privilege} in the table ${missing.name}`);
}

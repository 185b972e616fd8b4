import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { prepareDatabase, withClient } from "./postgres/open-database.ts";
import { putFile } from "./postgres/shared-files.ts";
import { SHARED_FILES } from "./postgres/shared-folder.ts";
import { DatabaseUnusable, explainDatabaseError } from "./postgres/unusable.ts";
import { type Database, openDatabase } from "./sqlite/database.ts";

/** The columns of each table that is copied, with the types that Postgres has for them. */
const TABLES = {
  events: { topic: "text", sequence: "bigint", time: "bigint", payload: "text" },
  orders: { number: "bigint", id: "text", idempotency_key: "text", contents: "text" },
  order_counts: { owner: "text", orders: "bigint" },
  ratings: { user_id: "bigint", book_id: "bigint", stars: "integer", time: "bigint" },
  reader_events: { user_id: "bigint", kind: "text", book_id: "bigint", time: "bigint" },
  book_trends: { book_id: "bigint", score: "double precision", time: "bigint" },
  reader_numbers: { user_id: "bigint", principal: "text" },
} as const;

/** How many rows are copied at a time: an event or an order may have megabytes. */
const PAGE = 200;

/**
 * Copies the store of a folder, which no server may use meanwhile, into an empty database of Postgres: all of it or nothing. The log keeps its id and its
 * numbers, so that a watcher goes on where it was. Returns what was copied, in words.
 * @throws FolderInUse while a server uses the folder.
 * @throws DatabaseUnusable when the database has something already, or cannot be used.
 */
export async function copyStore(directory: string, url: string): Promise<string> {
  if (!existsSync(join(directory, "triptych.sqlite"))) throw new Error(`there is no store in ${directory}`);
  const database = await openDatabase(directory);
  try {
    await prepareDatabase(url);
    return await withClient(url, { purpose: "migrate-store" }, (client) => copyAll(database, client, directory));
  } catch (error) {
    throw explainDatabaseError(error);
  } finally {
    await database.close();
  }
}

async function copyAll(database: Database, client: Client, directory: string): Promise<string> {
  const counts: string[] = [];
  await client.query("begin");
  try {
    await client.query("lock table topics in exclusive mode");
    const { rows } = await client.query("select exists (select from events) or exists (select from files) as used");
    if (rows[0]?.used !== false) throw new DatabaseUnusable("the database of DATABASE_URL has a store already");
    for (const [table, columns] of Object.entries(TABLES)) {
      counts.push(`${await copyTable(database, client, table, columns)} rows of ${table}`);
    }
    await client.query(`insert into topics as t
      select topic, max(sequence), min(sequence) from events group by topic
      on conflict (name) do update set last = excluded.last, oldest = excluded.oldest`);
    // The numbers that are given from now on go on behind those.
    await client.query(`select setval(pg_get_serial_sequence('reader_numbers', 'user_id'), max(user_id))
      from reader_numbers having max(user_id) is not null`);
    await client.query("update log set id = $1, place = triptych_place()", [database.logId]);
    for (const name of SHARED_FILES) {
      const path = join(directory, name);
      if (!existsSync(path)) continue;
      await putFile(client, name, path);
      counts.push(name);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
  return `copied ${counts.join(", ")}`;
}

async function copyTable(
  { prepare }: Database,
  client: Client,
  table: string,
  columns: Readonly<Record<string, string>>,
): Promise<number> {
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  const page = prepare(
    `select rowid as "at", ${names.join(", ")} from ${table} where rowid > ? order by rowid limit ${PAGE}`,
  );
  let count = 0;
  for (let after = 0; ; ) {
    // The rows have the columns that are selected.
    const rows = page.all([after]) as Record<string, number | string | null>[];
    const final = rows.at(-1);
    if (final === undefined) return count;
    await client.query(
      `insert into ${table} (${names.join(", ")}) select * from unnest(${arrays.join(", ")})`,
      names.map((name) => rows.map((row) => row[name])),
    );
    count += rows.length;
    after = Number(final.at);
  }
}

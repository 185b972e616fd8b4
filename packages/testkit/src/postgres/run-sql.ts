import { Client } from "pg";

/** Runs statements on a connection of their own; resolves with the rows of the last, none where it gives none. */
export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    const result = await client.query(sql);
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}

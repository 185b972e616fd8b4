import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/**
 * Returns the id of the log in a database, which it is given when it has none. A database that is found in another file than before, as a
 * restored backup is, takes another id: what follows in it need not be what followed in the first.
 */
export async function identifyLog(kysely: Kysely<Tables>, path: string): Promise<string> {
  const { ino, birthtimeNs } = await stat(path, { bigint: true });
  const place = `${ino} ${birthtimeNs}`;
  const known = await kysely.selectFrom("log").selectAll().executeTakeFirst();
  if (known?.place === place) return known.id;
  const id = randomUUID();
  await kysely.transaction().execute(async (transaction) => {
    await transaction.deleteFrom("log").execute();
    await transaction.insertInto("log").values({ id, place }).execute();
  });
  return id;
}

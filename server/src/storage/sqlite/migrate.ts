import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { initial } from "./migrations/0001-initial.ts";
import type { Tables } from "./tables.ts";

/** Every migration, in the order of its name; one that has been released is never changed. */
const migrations: Record<string, Migration> = { "0001-initial": initial };

/**
 * Brings the database to the latest migration.
 * @throws Error that the failing migration threw.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

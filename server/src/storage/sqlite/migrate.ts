import { readdir } from "node:fs/promises";
import type { Kysely } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type { Tables } from "./tables.ts";

const folder = new URL("migrations/", import.meta.url);

/**
 * Brings the database to the latest migration.
 * @throws Error that the failing migration threw.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The names of migrations: others, such as a test or what an editor keeps, are none. */
const MIGRATION = /^\d{4}-[a-z0-9-]+\.ts$/;

/** Every migration by the name of its file, in whose order they run; one that has been released is never changed. */
async function getMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => MIGRATION.test(file));
  return Object.fromEntries(await Promise.all(files.map(readMigration)));
}

async function readMigration(file: string): Promise<[name: string, migration: Migration]> {
  const { migration }: { readonly migration?: Migration } = await import(new URL(file, folder).href);
  if (migration === undefined) throw new Error(`migrations/${file} must export a migration`);
  return [file.replace(/\.ts$/, ""), migration];
}

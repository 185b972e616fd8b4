import { readdir } from "node:fs/promises";
import { type Kysely, sql } from "kysely";
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from "kysely/migration";

/**
 * Brings the database to the latest of the migrations in a folder; `schema` is where they make their tables, in a database that has several.
 * @throws LaterVersion when it has migrations that the folder lacks.
 * @throws Error that the failing migration threw.
 */
export async function migrate<Tables>(db: Kysely<Tables>, folder: URL, schema?: string): Promise<void> {
  const migrations = await getMigrations(folder);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    ...(schema && { migrationTableSchema: schema }),
  });
  await requireKnown(db, migrations, schema);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** The database was used by a later version of the server, whose tables this one does not know. */
export class LaterVersion extends Error {
  override name = "LaterVersion";
}

async function requireKnown<Tables>(
  db: Kysely<Tables>,
  known: Record<string, Migration>,
  schema: string | undefined,
): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE && table.schema === schema)) return;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  const unknown = rows.map(({ name }) => name).filter((name) => known[name] === undefined);
  if (unknown.length === 0) return;
  throw new LaterVersion(`the database is of a later version, which has made the migration ${unknown.join(", ")}`);
}

/** The names of migrations: others, such as a test or what an editor keeps, are none. */
const MIGRATION = /^\d{4}-[a-z0-9-]+\.ts$/;

/** Every migration by the name of its file, in whose order they run; one that has been released is never changed. */
async function getMigrations(folder: URL): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => MIGRATION.test(file));
  return Object.fromEntries(await Promise.all(files.map((file) => readMigration(folder, file))));
}

async function readMigration(folder: URL, file: string): Promise<[name: string, migration: Migration]> {
  const { migration }: { readonly migration?: Migration } = await import(new URL(file, folder).href);
  if (migration === undefined) throw new Error(`migrations/${file} must export a migration`);
  return [file.replace(/\.ts$/, ""), migration];
}

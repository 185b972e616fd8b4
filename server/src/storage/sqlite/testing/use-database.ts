import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { type Database, openDatabase } from "../database.ts";

/** What each test of a file has for itself, while it runs. */
export interface UsedDatabase {
  readonly directory: string;
  readonly database: Database;
}

/** Opens a new database before each test of a file, and removes it after. */
export function useDatabase(): UsedDatabase {
  let used: UsedDatabase | undefined;
  const running = () => {
    if (used === undefined) throw new Error("the database is open only while a test runs");
    return used;
  };

  beforeEach(async () => {
    const directory = await mkdtemp(join(tmpdir(), "triptych-"));
    used = { directory, database: await openDatabase(directory) };
  });

  afterEach(async () => {
    const { directory, database } = running();
    await database.close();
    await rm(directory, { recursive: true });
  });

  return {
    get directory() {
      return running().directory;
    },
    get database() {
      return running().database;
    },
  };
}

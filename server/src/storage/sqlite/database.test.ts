import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { StoreFailed } from "../../domain/errors.ts";
import { openDatabase } from "./database.ts";

it("leaves the log as it is once a sync has failed: what closing would copy from it may be all there is", async () => {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const disk = { fails: false };
  const database = await openDatabase(directory, {
    syncFile: async () => {
      if (disk.fails) throw new Error("EIO");
    },
  });
  disk.fails = true;
  await expect(database.write(() => 1)).rejects.toThrow(StoreFailed);
  disk.fails = false;
  await expect(database.check()).rejects.toThrow(StoreFailed);
  await database.close();
  expect(existsSync(join(directory, "triptych.sqlite-wal"))).toBe(true);
  const damage: string[] = [];
  const again = await openDatabase(directory, { onDamage: (what) => damage.push(what) });
  expect(await again.write(() => 2)).toBe(2);
  await again.close();
  expect(damage).toEqual([]);
  await rm(directory, { recursive: true });
});

it("reports a row that cannot be read once, and no more than a hundred rows", async () => {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const damage: string[] = [];
  const database = await openDatabase(directory, { onDamage: (what) => damage.push(what) });
  for (let row = 0; row < 202; row++) database.reportUnreadable(`row ${row % 101}`, new Error("no JSON"));
  expect(damage).toEqual(Array.from({ length: 100 }, (_, row) => `row ${row} cannot be read and is left out`));
  await database.close();
  await rm(directory, { recursive: true });
});

it("leaves the folder to the next who opens it when it cannot be opened", async () => {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  await mkdir(join(directory, "triptych.sqlite"));
  await expect(openDatabase(directory)).rejects.toThrow("unable to open");
  await rm(join(directory, "triptych.sqlite"), { recursive: true });
  const database = await openDatabase(directory);
  await database.close();
  await rm(directory, { recursive: true });
});

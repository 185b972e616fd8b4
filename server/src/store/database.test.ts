import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { StoreFailed } from "../domain/errors.ts";
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

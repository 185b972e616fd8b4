import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inspectLog } from "./inspect-log.ts";

const HEADER_BYTES = 32;
const FRAME_BYTES = 24 + 4_096;

let directory: string;
let database: DatabaseSync;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  database = new DatabaseSync(join(directory, "a.sqlite"));
  database.exec("pragma journal_mode = wal; create table t(x); pragma wal_checkpoint(truncate)");
  path = join(directory, "copy-wal");
});

afterEach(async () => {
  database.close();
  await rm(directory, { recursive: true });
});

/** Writes so many times, a frame each, and takes a copy of the log, as `kill -9` would leave it. */
async function writeFrames(count: number): Promise<void> {
  for (let made = 0; made < count; made++) database.exec("insert into t values (1)");
  await writeFile(path, await readFile(join(directory, "a.sqlite-wal")));
}

async function damage(position: number): Promise<void> {
  await using file = await open(path, "r+");
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, position);
  await file.write(Buffer.of((buffer[0] ?? 0) ^ 0x10), 0, 1, position);
}

describe("a log", () => {
  it("is none when it is not there, or empty", async () => {
    expect(await inspectLog(path)).toEqual({ kind: "none" });
    await writeFile(path, "");
    expect(await inspectLog(path)).toEqual({ kind: "none" });
  });

  it("is whole as SQLite writes it", async () => {
    await writeFrames(10);
    expect(await inspectLog(path)).toEqual({ kind: "whole" });
  });

  it("is whole when it was begun anew over an earlier one", async () => {
    await writeFrames(10);
    database.exec("pragma wal_checkpoint(passive)");
    await writeFrames(3);
    expect(await readFile(path)).toHaveLength(HEADER_BYTES + 10 * FRAME_BYTES);
    expect(await inspectLog(path)).toEqual({ kind: "whole" });
  });

  it("is whole when a write was cut off in its last frame", async () => {
    await writeFrames(10);
    await using file = await open(path, "r+");
    await file.truncate(HEADER_BYTES + 9 * FRAME_BYTES + 10);
    expect(await inspectLog(path)).toEqual({ kind: "whole" });
  });

  it.each([0, 4, 9])("is damaged where a bit of frame %i is not as it was written", async (frame) => {
    await writeFrames(10);
    const start = HEADER_BYTES + frame * FRAME_BYTES;
    const bytes = HEADER_BYTES + 10 * FRAME_BYTES;
    await damage(start + 2_000);
    expect(await inspectLog(path)).toEqual({ kind: "damaged", readableBytes: start, bytes });
  });

  it("is damaged where its header cannot be read", async () => {
    await writeFrames(2);
    await damage(9);
    expect(await inspectLog(path)).toMatchObject({ kind: "damaged", readableBytes: 0 });
  });

  it("is read as far as SQLite reads it", async () => {
    await writeFrames(10);
    await damage(HEADER_BYTES + 4 * FRAME_BYTES + 2_000);
    await writeFile(join(directory, "copy"), await readFile(join(directory, "a.sqlite")));
    const copy = new DatabaseSync(join(directory, "copy"));
    expect(copy.prepare("select count(*) as rows from t").get()).toEqual({ rows: 4 });
    copy.close();
  });
});

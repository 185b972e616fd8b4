import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "pg";

/** How many bytes of a file are in one row. */
const PART = 4 * 1_024 * 1_024;

/** A file in the database. */
export interface SharedFile {
  readonly name: string;
  /** The SHA-256 of its contents. */
  readonly version: string;
  readonly parts: number;
}

/** The SHA-256 of a file; undefined when there is none. */
export async function versionOf(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  return hash.digest("hex");
}

/**
 * Puts a file into the database in the place of the one of that name: whole or not at all, for all servers in one moment. Returns its version.
 * @throws Error when it is not there, or is replaced meanwhile.
 */
export async function publishFile(client: Client, name: string, path: string): Promise<string> {
  await client.query("begin");
  try {
    const version = await putFile(client, name, path);
    await client.query("commit");
    return version;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

/** Does what `publishFile` does, within a transaction that the client is in. */
export async function putFile(client: Client, name: string, path: string): Promise<string> {
  const version = await versionOf(path);
  if (version === undefined) throw new Error(`${path} is not there`);
  await client.query("delete from file_parts where name = $1", [name]);
  let parts = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: PART })) {
    await client.query("insert into file_parts values ($1, $2, $3, $4)", [name, version, parts++, bytes]);
  }
  await client.query(
    `insert into files values ($1, $2, $3)
     on conflict (name) do update set version = excluded.version, parts = excluded.parts`,
    [name, version, parts],
  );
  // What was sent need not be what was read first, where the file was replaced meanwhile.
  if ((await versionOf(path)) !== version) throw new Error(`${path} has changed while it was read`);
  return version;
}

/** What is behind the name of a file while it is copied. */
const UNFINISHED = /\.[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Removes what copies that were broken off have left in a folder, into which nobody may copy meanwhile. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) if (UNFINISHED.test(name)) await rm(join(folder, name), { force: true });
}

/**
 * Copies a file of the database to a place, whole or not at all.
 * @throws Error when it was replaced meanwhile, or does not come as it was put there.
 */
export async function fetchFile(client: Client, { name, version, parts }: SharedFile, path: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  const hash = createHash("sha256");
  try {
    const file = await open(unfinished, "w");
    try {
      for (let part = 0; part < parts; part++) {
        const { rows } = await client.query<{ bytes: Buffer }>(
          "select bytes from file_parts where name = $1 and version = $2 and part = $3",
          [name, version, part],
        );
        const [row] = rows;
        if (row === undefined) throw new Error(`${name} was replaced while it was copied`);
        hash.update(row.bytes);
        await file.appendFile(row.bytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (hash.digest("hex") !== version) throw new Error(`${name} does not come as it was put into the database`);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

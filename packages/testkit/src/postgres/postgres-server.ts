import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { PostgresPrograms } from "./find-postgres.ts";

/** A server of Postgres with a data folder of its own, which listens on a socket in it alone. */
export interface PostgresServer {
  /** The folder of its socket. */
  readonly folder: string;
  /** The first of its processes, which has started the others. */
  readonly pid: number;
  /** The URL of the database that a new server has; `schema` is what its tables are made in. */
  url(schema?: string): string;
  /** Ends it without a checkpoint and without waiting for anything, as a crash does. */
  crash(): Promise<void>;
  /** Ends it in order: connections are closed, and what they were in the middle of is rolled back. */
  stop(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

const run = promisify(execFile);
const SETTINGS = { listen_addresses: "", max_connections: "300", max_wal_size: "256MB" };

/** How a server of Postgres runs. */
export interface PostgresOptions {
  /** Whether it syncs what it commits to the disk. Without that, a crash of its processes alone loses nothing either. */
  readonly syncs: boolean;
}

/** Makes a data folder and starts a server on it. */
export async function startPostgres(
  { folder: programs, runAs }: PostgresPrograms,
  { syncs }: PostgresOptions = { syncs: false },
): Promise<PostgresServer> {
  // Short: the path of a socket has 107 bytes at most.
  const folder = await mkdtemp(join(tmpdir(), "pg-"));
  if (runAs) await chown(folder, runAs.uid, runAs.gid);
  await chmod(folder, 0o700);
  const data = join(folder, "data");
  const options = { ...runAs, cwd: folder };
  await run(
    join(programs, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
    options,
  );
  let child: ChildProcess | undefined;
  const endWithThisProcess = () => child?.kill("SIGQUIT");
  process.on("exit", endWithThisProcess);

  async function start(): Promise<void> {
    const settings = Object.entries({ ...SETTINGS, fsync: syncs ? "on" : "off" }).flatMap(([name, value]) => [
      "-c",
      `${name}=${value}`,
    ]);
    const started = spawn(join(programs, "postgres"), ["-D", data, "-k", folder, ...settings], {
      ...options,
      stdio: ["ignore", "ignore", "pipe"],
    });
    child = started;
    const lines = createInterface({ input: started.stderr });
    const said: string[] = [];
    await new Promise<void>((resolve, reject) => {
      lines.on("line", (line) => {
        said.push(line);
        if (line.includes("ready to accept connections")) resolve();
      });
      started.once("exit", (status) => reject(new Error(`Postgres ended with ${status}: ${said.join("\n")}`)));
    });
    said.length = 0;
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child === undefined || child.exitCode !== null) return;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }

  await start();
  return {
    folder,
    get pid() {
      return child?.pid ?? 0;
    },
    url: (schema) =>
      `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}${
        schema === undefined ? "" : `&options=${encodeURIComponent(`-c search_path=${schema}`)}`
      }`,
    crash: () => end("SIGQUIT"),
    stop: () => end("SIGINT"),
    start,
    async close() {
      await end("SIGINT");
      process.off("exit", endWithThisProcess);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

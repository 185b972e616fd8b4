import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(import.meta.resolve("@triptych/server/main.ts"));
const endWithParent = new URL("end-with-parent.ts", import.meta.url).href;

/** A server in a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  readonly baseUrl: string;
  readonly pid: number;
  /** Sends a signal and resolves with the exit status, null when the signal ended the process, once it is gone. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit status once the process has ended by itself. */
  readonly exited: Promise<number | null>;
  /** The lines that it has written to its log so far. */
  log(): readonly string[];
  /** What it has written to standard error so far. */
  errors(): string;
}

/** Starts a server process on a port, with its store in a folder; resolves when it listens, rejects when it cannot. */
export async function startServerProcess(
  port: number,
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const env = {
    ...process.env,
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
    DATA_DIR: dataDir,
    PORT: String(port),
    ...settings,
  };
  const child = spawn(process.execPath, ["--import", endWithParent, main], {
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const exited = once(child, "exit").then(([status]): number | null => status);
  const output = gatherOutput(child);
  const baseUrl = await listening(output, exited);
  return {
    baseUrl,
    pid: child.pid ?? 0,
    exited,
    log: () => output.log,
    errors: () => output.errors(),
    kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** What a process writes. */
interface Output {
  readonly lines: Interface;
  readonly log: readonly string[];
  errors(): string;
}

function gatherOutput({ stdout, stderr }: ChildProcess): Output {
  if (stdout === null || stderr === null) throw new Error("the output of the process must be piped");
  let errors = "";
  stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const log: string[] = [];
  const lines = createInterface({ input: stdout }).on("line", (line) => log.push(line));
  return { lines, log, errors: () => errors };
}

async function listening({ lines, errors }: Output, exited: Promise<unknown>): Promise<string> {
  const failed = exited.then((status) => {
    throw new Error(`the server ended with ${status}: ${errors()}`);
  });
  // Once it listens, its end is no failure of the start.
  failed.catch(() => undefined);
  const address = new Promise<string>((resolve) => {
    lines.on("line", (line) => {
      const match = /^listening on (\S+)$/.exec(line);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
  });
  return Promise.race([address, failed]);
}

// Below those that systems give to connections as they open (from 32768 on Linux, from 49152 elsewhere): while a server is down that is to
// come back on its port, another test's connection would take it, and the server could not start.
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

/** A port of the loopback that is free now, and that only a server will take. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, "127.0.0.1");
  try {
    await once(probe, "listening");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return false;
    throw error;
  }
  probe.close();
  await once(probe, "close");
  return true;
}

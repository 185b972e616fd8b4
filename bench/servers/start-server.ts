import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onServerCore } from "../cores.ts";
import { processorSeconds } from "../process-figures.ts";
import type { Purpose, RunningServer, ServerSpec } from "./server-spec.ts";

/** How long a server may take to start, in milliseconds. */
const START_LIMIT_MS = 60_000;
/** How long it may take to end before it is killed, in milliseconds. */
const STOP_LIMIT_MS = 10_000;
const LISTENING = /^listening on https?:\/\/[^\s:]+:(\d+)$/m;

/**
 * Starts a server on its core; resolves when it listens, rejects with what it wrote when it cannot. What it prints goes to a file, so
 * that a server that logs its calls really writes them.
 */
export async function startServer(
  spec: ServerSpec,
  purpose: Purpose,
  nodeFlags: readonly string[] = [],
): Promise<RunningServer> {
  const place = await mkdtemp(join(tmpdir(), "triptych-bench-"));
  const { command, args, env = {} } = await spec.launch(place, purpose);
  const [program, words] = onServerCore(command ?? process.execPath, [...(command ? [] : nodeFlags), ...args]);
  const outputPath = join(place, "output");
  const output = openSync(outputPath, "a");
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ["ignore", output, output] });
  closeSync(output);
  const exited = once(child, "exit");
  const port = await listeningPort(child, outputPath).catch(async (error) => {
    child.kill("SIGKILL");
    await rm(place, { recursive: true, force: true });
    throw error;
  });
  const pid = child.pid ?? 0;
  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
    await exited;
    clearTimeout(kill);
    await rm(place, { recursive: true, force: true });
  }

  return {
    name: spec.name,
    pid,
    port,
    processorSeconds: () => processorSeconds(pid),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function listeningPort(child: ChildProcess, outputPath: string): Promise<number> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    const text = readFileSync(outputPath, "utf8");
    const match = LISTENING.exec(text);
    if (match !== null) return Number(match[1]);
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${text.slice(0, 2_000)}`);
    if (performance.now() > deadline) throw new Error(`it did not listen within ${START_LIMIT_MS} ms: ${text}`);
    await pause(20);
  }
}

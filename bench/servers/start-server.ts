import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { onServerCore } from "../cores.ts";
import { processorSeconds } from "../process-figures.ts";
import type { Launch, Purpose, RunningServer, ServerSpec } from "./server-spec.ts";

/** How long a server may take to start, in milliseconds. */
const START_LIMIT_MS = 60_000;
/** How long it may take to end before it is killed, in milliseconds. */
const STOP_LIMIT_MS = 10_000;
const LISTENING = /^listening on (https?):\/\/[^\s:]+:(\d+)$/m;

/** What is there of servers that have not ended, so that nothing outlives this process. */
const children = new Set<ChildProcess>();
const places = new Set<string>();
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

/**
 * Starts a server on its core or cores; resolves when it listens, rejects with what it wrote when it cannot. What it prints goes to a file, so
 * that a server that logs its calls really writes them.
 */
export async function startServer(
  spec: ServerSpec,
  purpose: Purpose,
  nodeFlags: readonly string[] = [],
): Promise<RunningServer> {
  await using started = new AsyncDisposableStack();
  const place = await mkdtemp(join(tmpdir(), "triptych-bench-"));
  places.add(place);
  started.defer(async () => {
    await rm(place, { recursive: true, force: true });
    places.delete(place);
  });
  const launch = await spec.launch(place, purpose);
  started.defer(() => launch.end?.());
  const outputPath = join(place, "output");
  const child = spawnOnServerCore(launch, nodeFlags, outputPath);
  started.defer(() => end(child));
  const { port, isEncrypted } = await untilListening(child, outputPath);
  const pid = child.pid ?? 0;
  // From now on it lives until it is stopped.
  const running = started.move();
  return {
    name: spec.name,
    pid,
    port,
    isEncrypted,
    processorSeconds: () => processorSeconds(pid),
    stop: () => running.disposeAsync(),
  };
}

function spawnOnServerCore(
  { command, args, env, cores = 1 }: Launch,
  nodeFlags: readonly string[],
  outputPath: string,
): ChildProcess {
  const words = command === undefined ? [...nodeFlags, ...args] : args;
  const [program, pinnedWords] = onServerCore(command ?? process.execPath, words, cores);
  const output = openSync(outputPath, "a");
  const child = spawn(program, pinnedWords, { env: { ...process.env, ...env }, stdio: ["ignore", output, output] });
  closeSync(output);
  children.add(child);
  child.on("exit", () => children.delete(child));
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await exited;
  clearTimeout(kill);
}

async function untilListening(
  child: ChildProcess,
  outputPath: string,
): Promise<Pick<RunningServer, "port" | "isEncrypted">> {
  const deadline = performance.now() + START_LIMIT_MS;
  for (;;) {
    const text = readFileSync(outputPath, "utf8");
    const match = LISTENING.exec(text);
    if (match !== null) return { port: Number(match[2]), isEncrypted: match[1] === "https" };
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${text.slice(0, 2_000)}`);
    if (performance.now() > deadline) throw new Error(`it did not listen within ${START_LIMIT_MS} ms: ${text}`);
    await pause(20);
  }
}

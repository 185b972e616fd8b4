import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "../call.ts";
import { runProgram } from "../run-program.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import type { Concurrency, LoadResult } from "./load.ts";

const RATE = /^finished in [^,]+, ([\d.]+) req\/s/m;
const OUTCOME = /^requests: .* (\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout$/m;
const DATA = /\((\d+)\) data$/m;

/**
 * Load over HTTP/2 by h2load. It sees statuses of HTTP only, so the bytes of the answers, `answerBytes` at least for each call, tell
 * whether the calls succeeded: one that failed has none.
 */
export async function h2load(
  server: RunningServer,
  call: Call,
  { connections, callsEach }: Concurrency,
  seconds: number,
  answerBytes: number,
): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-h2load-"));
  try {
    const body = join(folder, "body");
    await writeFile(body, call.body);
    const output = await runProgram("h2load", [
      ...["-c", String(connections), "-m", String(callsEach), "-D", `${Math.round(seconds * 1_000)}ms`, "-d", body],
      ...Object.entries(call.headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
      `${server.isEncrypted ? "https" : "http"}://127.0.0.1:${server.port}${call.path}`,
    ]);
    return readReport(output, answerBytes);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readReport(output: string, answerBytes: number): LoadResult {
  const [done = -1, succeeded = 0] = OUTCOME.exec(output)?.slice(1).map(Number) ?? [];
  const data = Number(DATA.exec(output)?.[1]);
  const rate = Number(RATE.exec(output)?.[1]);
  if (succeeded === done && data >= answerBytes * done) return { callsPerSecond: rate, calls: done };
  throw new Error(`calls failed under load:\n${output}`);
}

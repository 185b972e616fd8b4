import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Call } from "../call.ts";
import { runProgram } from "../run-program.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import type { Concurrency, LoadResult } from "./load.ts";

/** What the script prints at the end: calls, bytes received, microseconds, and failures of any kind. */
const REPORT = /^result (\d+) (\d+) (\d+) (\d+)$/m;

/**
 * Load over HTTP/1.1 by wrk, one call at a time on a connection, for whole seconds. It sees statuses of HTTP only, so the bytes
 * received, `answerBytes` at least for each call, tell whether the calls succeeded.
 */
export async function wrk(
  server: RunningServer,
  call: Call,
  { connections }: Concurrency,
  seconds: number,
  answerBytes: number,
): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), "triptych-wrk-"));
  try {
    const script = join(folder, "call.lua");
    await writeFile(script, scriptOf(call));
    const duration = `${Math.max(1, Math.round(seconds))}s`;
    const url = `http://127.0.0.1:${server.port}${call.path}`;
    const output = await runProgram("wrk", ["-t", "1", "-c", String(connections), "-d", duration, "-s", script, url]);
    const [calls = -1, bytes = 0, time = 0, failures = 0] = REPORT.exec(output)?.slice(1).map(Number) ?? [];
    if (calls >= 0 && failures === 0 && bytes >= calls * answerBytes)
      return { callsPerSecond: (calls * 1e6) / time, calls };
    throw new Error(`calls failed under load:\n${output}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function scriptOf({ headers, body }: Call): string {
  const bytes = [...body].map((byte) => `\\${String(byte).padStart(3, "0")}`).join("");
  return `
wrk.method = "POST"
wrk.body = "${bytes}"
${Object.entries(headers)
  .map(([name, value]) => `wrk.headers["${name}"] = "${value}"`)
  .join("\n")}
function done(summary)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("result %d %d %d %d\\n", summary.requests, summary.bytes, summary.duration, failures))
end
`;
}

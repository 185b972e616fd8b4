import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { sendRequest } from "../clients/send-request.ts";
import { moreThan, type Stock } from "../leftovers/take-stock.ts";

/** How often a server that has yet to settle is looked at, in milliseconds. */
const LOOK_MS = 50;

/** What a server process holds, by what it is; rejects when it does not answer. Where the system does not say, descriptors are left out. */
export async function readHeld(baseUrl: string, pid: number): Promise<Stock> {
  const { status, body } = await sendRequest(baseUrl, "/metrics", { headers: { connection: "close" } });
  const held = [...body.toString().matchAll(/^held\{what="(\w+)"\} (\d+)$/gm)].map(([, what = "", count]) => [
    what,
    Number(count),
  ]);
  if (held.length === 0) throw new Error(`/metrics must say what is held: got ${status}`);
  return { ...Object.fromEntries(held), ...descriptorsOf(pid) };
}

/** Resolves with what a server still holds more than before when it has had its time to settle: nothing as soon as there is nothing. */
export async function leftAfter(baseUrl: string, pid: number, before: Stock, timeoutMs: number): Promise<string[]> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const left = moreThan(before, await readHeld(baseUrl, pid));
    if (left.length === 0 || performance.now() > end) return left;
    await pause(LOOK_MS);
  }
}

/** Memory that a process has in use, in bytes; undefined where the system does not say. */
export function residentBytesOf(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
}

function descriptorsOf(pid: number): Stock {
  try {
    return { descriptors: readdirSync(`/proc/${pid}/fd`).length };
  } catch {
    return {};
  }
}

import { readdirSync, readFileSync } from "node:fs";

/** Processor time that a process has used, its threads of now together, in seconds; undefined where /proc does not tell. */
export function processorSeconds(pid: number): number | undefined {
  const threads = listProc(pid, "task");
  if (threads.length === 0) return undefined;
  // The first field is time on a processor, in nanoseconds; a thread that has just ended has none.
  const times = threads.map((thread) => Number(readProc(pid, `task/${thread}/schedstat`)?.split(" ", 1)[0] ?? 0));
  return times.reduce((sum, time) => sum + time, 0) / 1e9;
}

/** Memory that a process has in use (its resident set), in bytes; undefined where /proc does not tell. */
export function residentBytes(pid: number): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, "status") ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

function listProc(pid: number, folder: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/${folder}`);
  } catch {
    return [];
  }
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}

import { readFileSync } from "node:fs";

/** How often a second Linux counts processor time for those who ask, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor time that a process has used, with all threads it ever had, in seconds; undefined where /proc does not tell. */
export function processorSeconds(pid: number): number | undefined {
  const stat = readProc(pid, "stat");
  // The name of the program, in parentheses, may hold spaces; user and system time are the 12th and 13th field behind it.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields?.[11]) + Number(fields?.[12]);
  return Number.isNaN(ticks) ? undefined : ticks / TICKS_PER_SECOND;
}

/** Memory that a process has in use (its resident set), in bytes; undefined where /proc does not tell. */
export function residentBytes(pid: number): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, "status") ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}

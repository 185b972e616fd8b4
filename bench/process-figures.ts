import { readFileSync } from "node:fs";

/** How often a second Linux counts processor time for those who ask, on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Processor time that a process has used, with all threads it ever had and the processes that it has started, in seconds; undefined where
 * /proc does not tell.
 */
export function processorSeconds(pid: number): number | undefined {
  const stat = readProc(pid, "stat");
  // The name of the program, in parentheses, may hold spaces; from the 12th field behind it come user and system time, its own and that of children
  // that have ended.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
  if (Number.isNaN(ticks)) return undefined;
  return childrenOf(pid).reduce((sum, child) => sum + (processorSeconds(child) ?? 0), ticks / TICKS_PER_SECOND);
}

/** Memory that a process has in use (its resident set), in bytes; undefined where /proc does not tell. */
export function residentBytes(pid: number): number | undefined {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, "status") ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
}

/** The processes that the main thread of a process has started and that run. */
function childrenOf(pid: number): readonly number[] {
  return (readProc(pid, `task/${pid}/children`) ?? "").split(" ").filter(Boolean).map(Number);
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
